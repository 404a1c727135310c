// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import java.util.Set;

/** Ports on which engines usually serve: a listener there is asked what a first contact asks. Closed; each with its reason. */
final class ServingPorts {
    /** LM Studio answers 200 to any path and writes an error into its log for each foreign one: it is asked one path of its own. */
    static final int LM_STUDIO = 1234;

    private static final Set<Integer> USUAL = Set.of(
            8000, // vLLM, TensorRT-LLM, NIM, Dynamo, MLC, MAX, Triton, llama-cpp-python
            8001, // a second vLLM, production-stack's router
            8002, 8003, // a third and a fourth
            8080, // llama.cpp, llama-swap, LocalAI, mlx_lm
            9931, // llama.cpp, announced as its next default
            11434, // Ollama
            4000, // LiteLLM
            LM_STUDIO, 5001, // KoboldCpp
            5000, // TabbyAPI, text-generation-webui
            30000, // SGLang
            3000, // TGI, TEI
            23333, // LMDeploy
            2242, // Aphrodite
            7997, // Infinity
            9997, // Xinference
            9000, // Triton's OpenAI frontend
            52415, // exo
            1337, // Jan
            4891, // GPT4All
            12434, // Docker Model Runner
            13305, // Lemonade
            10002, // old KTransformers
            5800); // the first backend of llama-swap

    private ServingPorts() {}

    static boolean usual(int port) {
        return USUAL.contains(port);
    }
}
