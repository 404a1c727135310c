// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.shell.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void textFromOutsideCannotMoveTheCursor() {
        Table<String> table =
                new Table<>(List.of("a\u001b[2J\u202eb\nc"), List.of(Column.text("MODEL", model -> model)));
        assertThat(table.text()).isEqualTo("MODEL\na[2Jb c");
    }
}
