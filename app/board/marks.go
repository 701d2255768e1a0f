package board

import (
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// Mark is something of a patient that a nurse must know before she acts by what the
// board shows. Its words are printed by `wardctl show --json`.
type Mark string

// The marks.
const (
	Died        Mark = "died"
	Discharged  Mark = "discharged"
	Pregnant    Mark = "pregnant"
	Unscored    Mark = "no-news2"     // NEWS2 does not apply: see [Row].Scoring
	NoBed       Mark = "no-bed"       // on the ward, in none of its beds
	TwoInBed    Mark = "two-in-bed"   // another patient has the same bed
	ZeroSent    Mark = "zero-sent"    // a device sent 0 for a sign that cannot be 0
	Ahead       Mark = "future"       // a set is dated in the future
	OnLeave     Mark = "on-leave"     // away, and coming back
	PlannedMove Mark = "planned"      // another system announced a move
	NameCleaned Mark = "name-cleaned" // the name held characters that steer a screen
	// Unobserved: nothing was measured since admission, see [vitals.Unobserved].
	Unobserved Mark = "no-observations"
)

// Is reports whether a row carries a mark.
func (r Row) Is(m Mark) bool {
	for _, x := range r.Marks {
		if x == m {
			return true
		}
	}
	return false
}

// marksOf are the marks that a summary gives by itself: not that of two in a bed,
// which takes the whole ward.
func marksOf(sum patient.Summary, now time.Time) (out []Mark) {
	stay := sum.OfStay(sum.Recent, now)
	switch sum.GoneFrom("").State {
	case patient.Dead:
		out = append(out, Died)
	case patient.Discharged:
		out = append(out, Discharged)
	}
	if sum.Patient.Pregnant {
		out = append(out, Pregnant)
	}
	if !sum.Scoring(now).Applies() {
		out = append(out, Unscored)
	}
	if len(vitals.ZerosSent(stay)) > 0 {
		out = append(out, ZeroSent)
	}
	if unobserved(sum, now) {
		out = append(out, Unobserved)
	}
	if len(vitals.Ahead(stay)) > 0 {
		out = append(out, Ahead)
	}
	if !sum.Leave.IsZero() {
		out = append(out, OnLeave)
	}
	if sum.Planned != nil {
		out = append(out, PlannedMove)
	}
	if sum.Patient.Cleaned {
		out = append(out, NameCleaned)
	}
	return out
}

// MarkChips are the marks of a summary in words, for the board and for the banner of
// the chart.
func MarkChips(sum patient.Summary, now time.Time) (out []Chip) {
	for _, m := range marksOf(sum, now) {
		switch m {
		case Died, Discharged:
			text := sum.GoneFrom("").Text("", now)
			out = append(out, Chip{Kind: ChipCheck, Guard: GuardDied, Text: text, Short: shortGone(m)})
		case Pregnant:
			out = append(out, Chip{Kind: ChipNeutral, Guard: GuardUnscored, Text: tongue.T("Pregnant")})
		case Unscored:
			out = append(out, Chip{Kind: ChipNeutral, Guard: GuardUnscored, Text: sum.Scoring(now).Reason(),
				Short: tongue.T("No NEWS2"), Of: m})
		case ZeroSent:
			out = append(out,
				Chip{Kind: ChipCheck, Guard: GuardZero, Text: tongue.T("0 sent, check the patient"),
					Short: tongue.T("0 sent")})
		case Unobserved:
			out = append(out, Chip{Kind: ChipCheck, Guard: GuardUnobserved, Text: UnobservedText(sum, now),
				Short: tongue.T("No obs yet")})
		case Ahead:
			out = append(out,
				Chip{Kind: ChipCheck, Guard: GuardFuture, Text: tongue.T("Set dated in the future"),
					Short: tongue.T("Future date")})
		case OnLeave:
			out = append(out, Chip{Kind: ChipNeutral, Guard: GuardPlans,
				Text: tongue.Tf("On leave since %s", tongue.Moment(sum.Leave, now)), Short: tongue.T("On leave")})
		case PlannedMove:
			out = append(out,
				Chip{Kind: ChipNeutral, Guard: GuardPlans, Text: plannedText(*sum.Planned, now),
					Short: tongue.T("Move planned")})
		case NameCleaned:
			out = append(out, Chip{Kind: ChipLookAlike, Guard: GuardName,
				Text: tongue.T("Name held hidden characters"), Short: tongue.T("Name changed")})
		}
	}
	return out
}

func shortGone(m Mark) string {
	if m == Died {
		return tongue.T("Died")
	}
	return tongue.T("Discharged")
}

func plannedText(p patient.Planned, now time.Time) string {
	text := tongue.T("Move planned")
	switch p.What {
	case patient.PlannedAdmission:
		text = tongue.T("Admission planned")
	case patient.PlannedDischarge:
		text = tongue.T("Discharge planned")
	case patient.PlannedTransfer:
		if text = tongue.T("Transfer planned"); p.To != "" {
			text = tongue.Tf("To %s planned", p.To)
		}
	}
	if !p.At.IsZero() {
		text += " " + tongue.Moment(p.At, now)
	}
	return text
}

// AllergyNote is what is known of a patient's allergies where no substance is named,
// and whether that is an answer at all. "No known drug allergies" says nothing of
// latex or food: it is never shortened.
func AllergyNote(s patient.AllergyStatus) (text string, answered bool) {
	switch s {
	case patient.NoKnownAllergies:
		return tongue.T("No known allergies"), true
	case patient.NoKnownDrugAllergies:
		return tongue.T("No known drug allergies"), true
	}
	return tongue.T("Allergies not recorded"), false
}

// Place is where a row's patient lies, in words: "Bed 07", "No bed", "Room R12, no
// bed".
func (r Row) Place() string {
	switch {
	case r.Bed != "":
		return tongue.Tf("Bed %s", r.Bed)
	case r.Room != "":
		return tongue.Tf("Room %s, no bed", r.Room)
	}
	return tongue.T("No bed")
}

// SignName is a vital sign in words, as the reasons of a score name it.
func SignName(q vitals.Quantity) string {
	switch q {
	case vitals.RespirationRate:
		return tongue.T("RR")
	case vitals.OxygenSaturation:
		return "SpO₂"
	case vitals.SystolicPressure:
		return tongue.T("systolic BP")
	case vitals.DiastolicPressure:
		return tongue.T("diastolic BP")
	case vitals.PulseRate:
		return tongue.T("pulse")
	case vitals.BodyTemperature:
		return tongue.T("temperature")
	case vitals.ConsciousLevel:
		return tongue.T("consciousness")
	case vitals.OxygenFlow, vitals.InspiredOxygen, vitals.OxygenDevice:
		return tongue.T("oxygen")
	}
	return string(q)
}

// ZeroText says for which signs a device sent 0: "0 sent for pulse, SpO₂. Check the
// patient." "" for none.
func (r Row) ZeroText() string {
	if len(r.Zero) == 0 {
		return ""
	}
	names := make([]string, len(r.Zero))
	for i, q := range r.Zero {
		names[i] = SignName(q)
	}
	return tongue.Tf("0 sent for %s. Check the patient.", strings.Join(names, ", "))
}
