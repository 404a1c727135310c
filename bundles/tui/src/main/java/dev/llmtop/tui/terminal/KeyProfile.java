// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import com.googlecode.lanterna.input.AltAndCharacterPattern;
import com.googlecode.lanterna.input.BasicCharacterPattern;
import com.googlecode.lanterna.input.CharacterPattern;
import com.googlecode.lanterna.input.CtrlAndCharacterPattern;
import com.googlecode.lanterna.input.KeyDecodingProfile;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.input.NormalCharacterPattern;
import java.util.Collection;
import java.util.List;

/** How bytes become keys: Lanterna's patterns for characters, our own for sequences. */
final class KeyProfile implements KeyDecodingProfile {
    @Override
    public Collection<CharacterPattern> getPatterns() {
        return List.of(
                new BasicCharacterPattern(new KeyStroke(KeyType.Escape), ESC_CODE),
                new BasicCharacterPattern(new KeyStroke(KeyType.Tab), '\t'),
                new BasicCharacterPattern(new KeyStroke(KeyType.Enter), '\n'),
                new BasicCharacterPattern(new KeyStroke(KeyType.Enter), '\r'),
                new BasicCharacterPattern(new KeyStroke(KeyType.Backspace), (char) 0x7f),
                new BasicCharacterPattern(new KeyStroke(KeyType.Backspace), (char) 0x08),
                new SequencePattern(),
                new NormalCharacterPattern(),
                new AltAndCharacterPattern(),
                new CtrlAndCharacterPattern());
    }
}
