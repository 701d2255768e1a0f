package ask

import (
	"maps"
	"strings"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/obsform"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Discard asks whether what was typed and not saved is thrown away: lost says what, as [Lost] does.
// back is where the person who does not want that goes on.
func Discard(s patient.Summary, section chart.Section, lost []widgets.Pair, do, back func()) shell.Dialog {
	return shell.Dialog{Title: tongue.Tf("Discard what you typed in the %s?", section.Lower()), Whom: OfSummary(s),
		Danger: true, Text: tongue.T("It is not saved anywhere else, and cannot be brought back."), Pairs: lost,
		Confirm: tongue.Tf("Discard for %s", s.Patient.Name()), Cancel: tongue.T("Go on writing"),
		OnConfirm: func(string) { do() }, OnCancel: back}
}

// Lost is what the writer of a draft loses with it, beside how the entry was that it changes, nil for a new one: the
// first words of a note, and each value that differs. Nothing if nothing was typed. Which entry the draft changes
// and when a note was written are not typed.
func Lost(d chart.Draft, was map[string]string) (lost []widgets.Pair) {
	if len(d.Fields) == 0 {
		return nil
	}
	mine := maps.Clone(d.Fields)
	for name := range d.Fields { // in a conflict, whatever is chosen
		if of, is := strings.CutPrefix(name, screen.MinePrefix); is {
			mine[of] = d.Fields[name]
		}
	}
	if d.Section == chart.Notes {
		is := strings.TrimSpace(mine[screen.NoteField])
		if is != strings.TrimSpace(was[screen.NoteField]) {
			lost = append(lost, widgets.Pair{Left: tongue.T("Note"), Right: firstWords(is)})
		}
		return lost
	}
	for _, name := range differ(was, mine) {
		lost = append(lost, widgets.Pair{Left: obsform.Names()[name], Right: screen.Said(name, mine[name])})
	}
	return lost
}

// wordsMost is by how many words a writer knows their text again.
const wordsMost = 12

// firstWords are the first words of a text, and how many more there are.
func firstWords(text string) string {
	words := strings.Fields(text)
	switch more := len(words) - wordsMost; {
	case len(words) == 0:
		return "–"
	case more > 0:
		return strings.Join(words[:wordsMost], " ") + " " + tongue.N(more, "… and %d more word", "… and %d more words")
	}
	return strings.Join(words, " ")
}
