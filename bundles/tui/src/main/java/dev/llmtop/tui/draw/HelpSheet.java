// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Style;
import java.util.List;

/** All keys. */
final class HelpSheet {
    private static final List<Sheet.Line> LINES = List.of(
            line("MOVE ", "  ↑↓ j k row  ←→ h l column  PgUp PgDn  g G Home End  Tab pane  Space fold"),
            line("OPEN ", "  Enter details  1-5 tab  Esc back  y why  e evidence  E events  m memory"),
            line("FIND ", "  / filter  n N match  s S sort by next, previous column  o by this column"),
            line("     ", "  i invert  t tree, flat  * fold all  M mark to the top  d what was asked"),
            line("TIME ", "  p pause  [ ] back, on in history  + - window  { } interval  < > speed"),
            line("PARTS", "  1 GPU  2 memory  3 flow  4 graphs  5 events  6 inspector"),
            line("OUT  ", "  w write screen and snapshot  c copy mode  : command  r rediscover"),
            line("LOOK ", "  A theme  U glyphs  Ctrl-L redraw  ? F1 help  q F10 quit  Ctrl-C quit"),
            Sheet.Line.of("Read-only: no key stops, loads, unloads or prompts an engine.  R first view"));

    private HelpSheet() {}

    private static Sheet.Line line(String group, String keys) {
        return new Sheet.Line(List.of(new Sheet.Stretch(group, Style.BOLD), new Sheet.Stretch(keys, Style.PLAIN)));
    }

    static Sheet of() {
        return new Sheet("keys", Sheet.HINT, LINES);
    }
}
