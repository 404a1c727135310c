// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyDecodingProfile;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.state.Input;
import dev.llmtop.tui.state.Look;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The user's terminal as a full screen. Lanterna's terminal without its start (it runs {@code stty} and asks for the cursor) and
 * without its cells (it writes characters beyond U+FFFF as question marks and counts widths in its own way): what is left of it are
 * the modes of the terminal and the decoding of keys. Frames are drawn by one thread, keys read by another, and any thread may
 * close.
 */
public final class ScreenTerminal extends ANSITerminal {
    /** No line wraps, so that the last column can be written; pastes come marked. */
    private static final String ENTER = "\u001b[?7l\u001b[?25l\u001b[?2004h";

    private static final String LEAVE = "\u001b[?2004l\u001b[?7h";

    /** Lanterna asks for mode 1005, which cannot tell columns beyond 223 and is mistaken for UTF-8. */
    private static final String MOUSE_OURS = "\u001b[?1000h\u001b[?1006h";

    private static final String MOUSE_THEIRS = "\u001b[?1006l\u001b[?1000l";
    private static final String CLEAR = "\u001b[0m\u001b[2J";
    private static final Size USUAL = new Size(80, 24);

    private static final long PATIENCE_MILLIS = 300;
    private static final long STOP_PATIENCE_NANOS = 300_000_000;

    private final Keyboard keyboard = new Keyboard(this::readInput);
    private final ScreenOutput output;
    private final FrameWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Line.Source lines;
    private @Nullable Line line;
    private final boolean mouse;
    private Size size;
    private final AtomicBoolean continued = new AtomicBoolean();
    private volatile boolean suspending;
    private boolean shown;
    private boolean closed;

    /**
     * What it begins with.
     *
     * @param size as far as it is known without asking
     * @param mouse whether the mouse may be ours; else it stays the terminal's, for marking text
     */
    public record Start(TerminalTraits traits, Optional<Size> size, boolean mouse) {}

    /** Does nothing yet: {@link #show} begins. */
    public ScreenTerminal(InputStream in, OutputStream out, Start start) {
        this(new AttentiveInput(in), new ScreenOutput(out), start, LineDiscipline::new);
    }

    ScreenTerminal(AttentiveInput in, ScreenOutput out, Start start, Line.Source lines) {
        super(in, out, UTF_8);
        this.lines = lines;
        output = out;
        writer = new FrameWriter(start.traits().depth());
        size = start.size().orElse(USUAL);
        mouse = start.mouse();
    }

    @Override
    protected KeyDecodingProfile getDefaultKeyDecodingProfile() {
        return new KeyProfile();
    }

    /** Takes the screen; the keyboard still echoes until {@link #takeKeyboard}. */
    public void show() throws IOException {
        lock.lock();
        try {
            if (!closed && !shown) {
                shown = true;
                // One write with the first frame.
                output.hold();
                enterPrivateMode();
                output.write(ENTER.getBytes(UTF_8));
                writer.forget();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Keys come at once and unechoed from now on, and clicks too. The first call loads the C library. */
    public void takeKeyboard() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Line current = line;
            if (current == null) {
                current = lines.open();
                line = current;
            }
            current.makeRaw();
            size = current.size().orElse(size);
            takeMouse(true);
        } finally {
            lock.unlock();
        }
    }

    /** The mouse is ours, or the terminal's own for marking text. */
    public void takeMouse(boolean ours) throws IOException {
        lock.lock();
        try {
            if (!closed && shown) {
                if (mouse) {
                    output.write((ours ? MOUSE_OURS : MOUSE_THEIRS).getBytes(UTF_8));
                }
                output.release();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Draws what differs from the frame before, in one write. */
    public void draw(Frame frame, Look look) throws IOException {
        lock.lock();
        try {
            if (!closed && shown) {
                output.write(writer.changes(frame, look).getBytes(UTF_8));
                output.release();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next frame is drawn whole: somebody else may have written on the screen. */
    public void redraw() {
        lock.lock();
        try {
            byte[] clear = CLEAR.getBytes(UTF_8);
            output.write(clear, 0, clear.length);
            writer.forget();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what the user does next; empty at the end of the input. */
    public Optional<Input> read() throws IOException {
        return keyboard.read();
    }

    /** The size as it is now; of a terminal without one the last known. */
    public Size size() {
        lock.lock();
        try {
            Line current = line;
            if (current != null) {
                size = current.size().orElse(size);
            }
            return size;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected TerminalSize findTerminalSize() {
        Size now = size();
        return new TerminalSize(now.columns(), now.rows());
    }

    /** Gives the terminal back, stops the process group as Ctrl-Z does, and takes it again when somebody continues us. */
    public void suspend() throws IOException {
        lock.lock();
        try {
            Line current = line;
            if (closed || current == null) {
                return;
            }
            leave();
            continued.set(false);
            suspending = true;
            current.stopGroup();
            awaitContinuation();
        } finally {
            suspending = false;
            lock.unlock();
        }
        resume();
    }

    /**
     * The signal is sent when the call returns, but another thread may be the one that is stopped by it first: until somebody
     * continues us nothing is touched. Where a process without a shell cannot be stopped at all, it goes on after this.
     */
    private void awaitContinuation() {
        long end = System.nanoTime() + STOP_PATIENCE_NANOS;
        while (!continued.get() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** The signal that somebody continued us; whether {@link #suspend} waited for it, and does all that is to be done. */
    public boolean continued() {
        continued.set(true);
        return suspending;
    }

    /** The process was stopped and continued: the shell had the terminal, and nothing is as it was. */
    public void resume() throws IOException {
        lock.lock();
        try {
            if (shown) {
                shown = false;
                exitPrivateMode();
            }
        } finally {
            lock.unlock();
        }
        show();
        takeKeyboard();
        redraw();
    }

    /** Gives the terminal back as it was; nothing is drawn any more. Never fails, never waits long. */
    @Override
    public void close() {
        // A terminal that takes nothing any more blocks whoever writes to it; that must not hold up the end of the
        // program.
        Thread leaving = new Thread(this::leaveForGood, "llmtop-screen-end");
        leaving.setDaemon(true);
        leaving.start();
        try {
            leaving.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leaveForGood() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                leave();
            }
        } catch (IOException e) {
            // There is no terminal any more.
        } finally {
            lock.unlock();
        }
    }

    /** Bytes written since the start. */
    public long written() {
        return output.written();
    }

    private void leave() throws IOException {
        try {
            if (shown) {
                shown = false;
                output.write(((mouse ? MOUSE_THEIRS : "") + LEAVE).getBytes(UTF_8));
                exitPrivateMode();
                output.release();
            }
        } finally {
            Line current = line;
            if (current != null) {
                current.restore();
            }
        }
    }
}
