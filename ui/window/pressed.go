package window

import (
	"maps"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/obsform"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
)

// pressedSave is the moment at which Save was pressed, for what was typed by then.
type pressedSave struct {
	at   time.Time
	text map[string]string // as it was typed
	when string            // the moment, as a set's time of taking says it: to the second
}

// fixes gives what is saved the time at which Save was first pressed for it, where it says none: a question may stay
// open behind the lock for an hour, and its answer makes the set no later. The same text pressed again is of the same
// moment; once more is typed the next press counts. The time is kept with the text.
func (w *Window) fixes(ed *edit, d chart.Draft) chart.Draft {
	w.mu.Lock()
	defer w.mu.Unlock()
	if ed.pressed.at.IsZero() || !maps.Equal(ed.pressed.text, d.Fields) {
		at := time.Now()
		// No minutes before now: a clock time that is read as this moment, whichever of two equal ones it is.
		ed.pressed = pressedSave{at: at, text: maps.Clone(d.Fields), when: obsform.Fixed("-0", at, tongue.Zone())}
	}
	field, when := screen.WrittenField, ed.pressed.at.UTC().Format(time.RFC3339Nano)
	if d.Section == chart.Observations {
		field, when = obsform.Taken, ed.pressed.when
	}
	if d.Fields[screen.AmendsField] != "" || d.Fields[field] != "" { // it has its time
		return d
	}
	d.Fields = maps.Clone(d.Fields)
	d.Fields[field] = when
	ed.typed = d.Fields
	ed.text++
	return d
}

// pressed is when Save was pressed for a draft that [Window.fixes] gave, and whether the set is of that moment.
func (w *Window) pressed(ed *edit, d chart.Draft) (at time.Time, then bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if ed.pressed.at.IsZero() {
		return time.Now(), false
	}
	return ed.pressed.at, ed.pressed.text[obsform.Taken] == "" && d.Fields[obsform.Taken] == ed.pressed.when
}
