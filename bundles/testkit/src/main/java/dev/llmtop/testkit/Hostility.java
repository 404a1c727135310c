// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

/** What a server does that no engine should. Grows in minor versions. */
public enum Hostility {
    /** One byte a second, of a head that never ends. */
    DRIPS,
    /** Accepts and never answers. */
    NEVER_ANSWERS,
    /** A chunked body without an end, as fast as it is read. */
    ENDLESS_BODY,
    /** Headers without an end. */
    ENDLESS_HEADERS,
    /** 256 MiB of one character, compressed to a quarter of a MiB. */
    GZIP_BOMB,
    /** An event stream: one event, then silence. */
    EVENT_STREAM,
    /** Bytes that are no HTTP. */
    GARBAGE,
    /** Says who it is before it is asked: SSH. */
    SSH,
    /** Says that the command is unknown: Redis. */
    REDIS,
    /** Says who it is before it is asked: SMTP. */
    SMTP,
    /** Content-Length says more than there is; then the connection ends. */
    LENGTH_TOO_LONG,
    /** Content-Length says less than there is. */
    LENGTH_TOO_SHORT,
    /** Content-Length below zero. */
    LENGTH_NEGATIVE,
    /** Content-Length of 20 digits. */
    LENGTH_HUGE,
    /** A chunk size that is no number. */
    BROKEN_CHUNKS,
    /** 302 to a stranger that records what it gets. */
    REDIRECT,
    /** A metrics page of 400,000 series on every path. */
    MANY_SERIES,
    /** JSON nested 20,000 deep on every path. */
    DEEP_JSON,
    /** The same HTML page on every path. */
    HTML_EVERYWHERE,
    /** 200 without a body. */
    EMPTY_OK,
    /** {@code {"status":"ok"}} on every path. */
    STATUS_OK,
    /** 401 on every path, without saying who it is. */
    UNAUTHORIZED,
    /** Closes every connection at once. */
    CLOSES_AT_ONCE
}
