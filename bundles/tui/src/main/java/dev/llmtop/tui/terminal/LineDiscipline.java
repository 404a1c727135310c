// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import dev.llmtop.tui.cell.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel keeps of the terminal: its line settings and its size, asked through the C library. Lanterna's own way runs
 * {@code stty} five times and asks the terminal for its cursor. Safe for several threads.
 */
final class LineDiscipline implements Line {
    private static final int KEYBOARD = 0;
    private static final int SCREEN = 1;

    /** Linux {@code TCSADRAIN}; the same on macOS. */
    private static final int AFTER_OUTPUT = 1;

    /** Linux asm-generic/ioctls.h. */
    private static final long GET_SIZE = 0x5413;

    private static final int STOP_FROM_TERMINAL_LINUX = 20;
    private static final int STOP_FROM_TERMINAL_MAC = 18;

    /** {@code EINTR}, the same on Linux and macOS. */
    private static final int INTERRUPTED = 4;

    private static final int MOST_ATTEMPTS = 50;

    private final boolean mac = System.getProperty("os.name", "").startsWith("Mac");
    private final LineSettings layout = LineSettings.of(System.getProperty("os.name", ""));
    private final NativeLibrary library;
    private @Nullable Memory saved;

    /** @throws IOException where there is no C library to be had */
    LineDiscipline() throws IOException {
        try {
            library = NativeLibrary.getInstance("c");
        } catch (LinkageError e) {
            String message = String.valueOf(e.getMessage());
            throw new IOException("the C library cannot be used: "
                    + message.lines().findFirst().orElse(""));
        }
    }

    @Override
    public synchronized void makeRaw() throws IOException {
        Memory now = new Memory(layout.bytes());
        call("tcgetattr", KEYBOARD, now);
        if (saved == null) {
            Memory copy = new Memory(layout.bytes());
            copy.write(0, now.getByteArray(0, layout.bytes()), 0, layout.bytes());
            saved = copy;
        }
        layout.makeRaw(now);
        call("tcsetattr", KEYBOARD, AFTER_OUTPUT, now);
    }

    @Override
    public synchronized void restore() throws IOException {
        if (saved != null) {
            call("tcsetattr", KEYBOARD, AFTER_OUTPUT, saved);
        }
    }

    @Override
    public Optional<Size> size() {
        return mac ? sizeFromCommand() : sizeFromKernel();
    }

    @Override
    public void stopGroup() throws IOException {
        call("kill", 0, mac ? STOP_FROM_TERMINAL_MAC : STOP_FROM_TERMINAL_LINUX);
    }

    private Optional<Size> sizeFromKernel() {
        Memory answer = new Memory(8);
        answer.clear();
        int code = library.getFunction("ioctl").invokeInt(new Object[] {SCREEN, GET_SIZE, answer});
        return code == 0 ? size(answer.getShort(2) & 0xffff, answer.getShort(0) & 0xffff) : Optional.empty();
    }

    /** On Apple's processors an ioctl takes its argument another way than a plain function: the command is the lesser evil. */
    private static Optional<Size> sizeFromCommand() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] words = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", 2);
            return stty.waitFor(1, TimeUnit.SECONDS) && words.length == 2
                    ? size(Integer.parseInt(words[1]), Integer.parseInt(words[0]))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Size> size(int columns, int rows) {
        return columns > 0 || rows > 0 ? Optional.of(new Size(columns, rows)) : Optional.empty();
    }

    /** A signal, such as the one that continues a stopped process, may break off any call: then it is made again. */
    private void call(String function, Object... arguments) throws IOException {
        int error = 0;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (library.getFunction(function).invokeInt(arguments) == 0) {
                return;
            }
            error = Native.getLastError();
            if (error != INTERRUPTED) {
                break;
            }
        }
        throw new IOException(function + " failed: error " + error);
    }
}
