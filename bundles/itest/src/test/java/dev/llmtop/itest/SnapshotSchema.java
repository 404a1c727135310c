// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.llmtop.model.Snapshot;
import java.util.Set;

/** The published contract of the JSON. */
final class SnapshotSchema {
    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Snapshot.class.getResourceAsStream("snapshot.schema.json"));

    /** The text as JSON, after it was found to be what the contract says. */
    JsonNode valid(String json) throws JsonProcessingException {
        JsonNode snapshot = new ObjectMapper().readTree(json);
        Set<ValidationMessage> faults = schema.validate(snapshot);
        if (!faults.isEmpty()) {
            throw new AssertionError("not as the schema says: " + faults + "\n" + snapshot.toPrettyString());
        }
        return snapshot;
    }
}
