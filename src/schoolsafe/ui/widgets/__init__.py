"""Parts that several screens share.

- ``plain_label``: PlainLabel (the only text class, always plain; roles h1 h2 h3 strong muted small
  danger warn ok info quote), Pill (pupil banner only), Glyph (icon beside words), repolish.
- ``buttons``: button(words, kind=plain|primary|quiet|link|chip, icon, key, spoken).
- ``layout``: row, col (None stretch, number gap, (thing, n) stretch n), box, line, scroll, clear.
- ``flow_layout``: FlowLayout and flow(): rows of buttons that wrap.
- ``facts``: Facts: label and value; None is "Not told".
- ``choice``: Option, Choice, ChoiceGroup: two to five answers with Alt+number, terse mode.
- ``chips``: ChipRow (one of several), DateChips (fill a date).
- ``date_boxes``: DateBoxes, read_date: three boxes, day first, and chips that agree.
- ``time_box``: TimeBox, read_time, time_words: 10:40pm, 22:40, "about".
- ``fields``: TextField, LongText, PassphraseField, Question (heading, hint, error words, field).
- ``error_summary``: ErrorSummary.show_errors([FormError(words, field)]).
- ``picker``: Picker over a find function that gives Picks (``ui.ranking``: Pick, best, rank).
- ``line_list``: LineDelegate: one-line rows for a RowList, as in the palette.
- ``select_box``: SelectBox: a short closed list.
- ``row_list``: RowList.show_rows([Heading, Row]); signals chosen, opened (Enter), spaced (Space).
- ``chronology_list``: ChronologyList.show_entries([ChronologyRow]); compact for a context pane.
- ``strip``: Strip.show_facts(StripFacts): 30/90/365 and a year drawn; strip_rows for the table.
- ``table``: Table(headings).show_rows([TableRow(key, cells)]): cells of words, ring on the cell.
- ``tabs``: Tabs over (id, words).
- ``banner``: Banner(strength, words, detail, action): a panel in the pane.
- ``toast``: Toast: "Saved. Undo" for ten seconds (the shell owns it; use Navigator.saved).
- ``drop_zone``: DropZone: the whole window takes files (the shell owns it; see Screen.dropped).
- ``pinned_bar``: PinnedBar, DecisionBar, WorkPane: a page that scrolls over a bar that does not.
- ``announce``: announce(widget, words) for screen readers.
- ``paint``: what list delegates share.

Never here: services, one screen's logic.
"""
