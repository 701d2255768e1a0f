package board

import (
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
)

// chips are the marks at the foot of a row: allergies first, for they are what
// harms; look-alike and editing marks are added by those who know them.
func chips(sum patient.Summary, r Row, now time.Time) []Chip {
	var out []Chip
	if sum.Allergy == patient.AllergiesRecorded || len(sum.Allergic) > 0 {
		chip := allergyChip(sum.Allergic)
		chip.Allergies = true
		out = append(out, chip)
	} else if text, answered := AllergyNote(sum.Allergy); answered {
		out = append(out, Chip{Kind: ChipNeutral, Text: text, Allergies: true})
	} else {
		out = append(out, Chip{Kind: ChipMissing, Text: text, Allergies: true})
	}
	if r.Is(TwoInBed) {
		out = append(out, TwoInBedChip(r.Bed))
	}
	if r.Is(NoBed) && r.Room != "" {
		out = append(out, Chip{Kind: ChipMissing, Text: r.Place(), Short: r.Room})
	}
	out = append(out, MarkChips(sum, now)...)
	out = append(out, remarkChips(sum)...)
	for _, f := range sum.Flags {
		if text := flagText(f); text != "" {
			out = append(out, Chip{Kind: ChipNeutral, Text: text})
		}
	}
	for _, e := range r.Editing {
		out = append(out, Chip{Kind: ChipEditing, Text: "✎ " + e})
	}
	if r.NotDone != "" {
		out = append(out, Chip{Kind: ChipDue, Text: tongue.Tf("Not done: %s", r.NotDone)})
	}
	switch {
	case r.Overdue > 0:
		out = append(out, Chip{Kind: ChipDue, Text: tongue.Tf("%s late", Span(Since(r.Due, now)))})
	case r.Badge.Incomplete && !r.Is(Died):
		out = append(out, Chip{Kind: ChipDue, Text: tongue.T("Incomplete")})
	case !r.Due.IsZero():
		out = append(out, Chip{Kind: ChipNext, Text: tongue.Tf("next %s", tongue.Clock(r.Due))})
	}
	return out
}

// TwoInBedChip says that the record has another patient in the same bed.
func TwoInBedChip(bed string) Chip {
	return Chip{Kind: ChipCheck, Text: tongue.Tf("Two in bed %s", bed), Short: tongue.T("Two in bed")}
}

// TwoIn reports whether two patients have the bed of a patient.
func (s Snapshot) TwoIn(patientID string) bool {
	for i := range s.Rows {
		if s.Rows[i].Patient == patientID {
			return s.Rows[i].Is(TwoInBed)
		}
	}
	return false
}

func allergyChip(items []patient.Allergy) Chip {
	if len(items) == 0 {
		return Chip{Kind: ChipAllergy, Text: "⚠ " + tongue.T("Allergies")}
	}
	text := "⚠ " + items[0].Substance
	if n := len(items) - 1; n > 0 {
		text += fmt.Sprintf(" +%d", n)
	}
	return Chip{Kind: ChipAllergy, Text: text}
}

func flagText(f patient.Flag) string {
	switch f.Kind {
	case patient.FlagDNACPR:
		return tongue.T("DNACPR")
	case patient.FlagIsolation:
		return tongue.T("Isolation")
	case patient.FlagFalls:
		return tongue.T("Falls")
	case patient.FlagScale2:
		return tongue.T("SpO₂ scale 2")
	case patient.FlagPressure:
		return tongue.T("Skin at risk")
	case patient.FlagNilByMouth:
		return tongue.T("Nil by mouth")
	case patient.FlagSensitive:
		return tongue.T("Restricted")
	}
	return f.Text
}

// Since is how long ago something was. From two minutes on it goes on in steps of a
// quarter of a minute, which are the same for all: the minutes of forty beds would
// otherwise have the whole window drawn again forty times in each.
func Since(t, now time.Time) time.Duration {
	age := now.Sub(t)
	if age >= 2*time.Minute {
		age = now.Round(15 * time.Second).Sub(t)
	}
	return age
}

// Span is a duration as a nurse says it: "38 s", "12 min", "4 h", "3 d".
func Span(d time.Duration) string {
	switch {
	case d < 0:
		return tongue.T("0 s")
	case d < time.Minute:
		return tongue.Tf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return tongue.Tf("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return tongue.Tf("%d h", int(d.Hours()))
	}
	return tongue.Tf("%d d", int(d.Hours()/24))
}
