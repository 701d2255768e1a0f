package board

import (
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
)

// chips are the marks at the foot of a row, what protects most first: see [Guard].
// Look-alike marks are added by whoever knows them.
func chips(sum patient.Summary, r Row, editing []SectionHolder, now time.Time) []Chip {
	out := []Chip{AllergyChip(sum)}
	if r.Is(TwoInBed) {
		out = append(out, TwoInBedChip(r.Bed))
	}
	if r.Is(NoBed) && r.Room != "" {
		out = append(out, Chip{Kind: ChipMissing, Guard: GuardPlace, Text: r.Place(), Short: r.Room})
	}
	out = append(out, MarkChips(sum, now)...)
	out = append(out, remarkChips(sum, now)...)
	for _, f := range sum.Flags {
		if c := flagChip(f); c.Text != "" {
			out = append(out, c)
		}
	}
	for i, e := range r.Editing {
		out = append(out, Chip{Kind: ChipEditing, Guard: GuardEditing, Text: "✎ " + e,
			Short: "✎ " + surnameOf(editing[i].Holder.Name)})
	}
	if r.NotDone != "" {
		out = append(out, Chip{Kind: ChipDue, Guard: GuardLate, Text: tongue.Tf("Not done: %s", r.NotDone)})
	}
	if r.Badge.Incomplete && !r.Is(Died) {
		out = append(out, Chip{Kind: ChipDue, Guard: GuardIncomplete, Text: tongue.T("Incomplete")})
	}
	switch {
	case r.Overdue > 0:
		out = append(out, Chip{Kind: ChipDue, Guard: GuardLate, Text: tongue.Tf("%s late", Span(Since(r.Due, now)))})
	case !r.Due.IsZero():
		out = append(out, Chip{Kind: ChipNext, Guard: GuardNext, Text: tongue.Tf("next %s", tongue.Clock(r.Due))})
	}
	ByGuard(out)
	return out
}

// TwoInBedChip says that the record has another patient in the same bed.
func TwoInBedChip(bed string) Chip {
	return Chip{Kind: ChipCheck, Guard: GuardTwoInBed, Text: tongue.Tf("Two in bed %s", bed),
		Short: tongue.T("Two in bed")}
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

// AllergyChip is what is known of a patient's allergies, on a board: the first
// substance and how many more.
func AllergyChip(sum patient.Summary) Chip {
	text, answered := AllergyNote(sum.Allergy)
	switch {
	case len(sum.Allergic) > 0:
		c := Chip{Kind: ChipAllergy, Guard: GuardAllergy, Text: "⚠ " + sum.Allergic[0].Substance,
			Short: "⚠ " + tongue.T("ALLERGY")}
		if n := len(sum.Allergic) - 1; n > 0 {
			c.Tail = fmt.Sprintf(" +%d", n)
			c.Text, c.Short = c.Text+c.Tail, c.Short+c.Tail
		}
		return c
	case sum.Allergy == patient.AllergiesRecorded:
		return Chip{Kind: ChipAllergy, Guard: GuardAllergy, Text: "⚠ " + tongue.T("Allergies")}
	case answered:
		return Chip{Kind: ChipNeutral, Guard: GuardAllergy, Text: text}
	}
	return Chip{Kind: ChipMissing, Guard: GuardAllergy, Text: text}
}

// flagChip is a flag as a board has room for it.
func flagChip(f patient.Flag) Chip {
	c := Chip{Kind: ChipNeutral, Text: FlagName(f.Kind), Guard: GuardCare}
	switch f.Kind {
	case patient.FlagDNACPR:
		c.Guard = GuardResuscitation
	case patient.FlagIsolation:
		c.Guard, c.Short = GuardIsolation, tongue.T("ISOL")
	case patient.FlagNilByMouth:
		c.Guard, c.Short = GuardNilByMouth, tongue.T("NBM")
	case patient.FlagScale2:
		c.Guard = GuardScale
	}
	if c.Text == "" {
		c.Text = f.Text
	}
	return c
}

// FlagChip is a flag with all that is said of it.
func FlagChip(f patient.Flag) Chip {
	c := flagChip(f)
	if f.Text != "" && f.Text != c.Text {
		c.Text += ": " + f.Text
	}
	return c
}

// FlagName is a flag in words; "" for one that only has words of its own.
func FlagName(k patient.FlagKind) string {
	switch k {
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
	return ""
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
