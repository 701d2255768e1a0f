package board

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

// Known is a summary with when it was last confirmed with its source.
type Known struct {
	Summary   patient.Summary
	Confirmed time.Time
	// Stale is set where the source could not confirm it at all (Redis and the
	// record away): it is old whatever its age.
	Stale bool
}

// Input is everything a board is built from. Build only reads it.
type Input struct {
	Ward     ward.Ward
	Beds     []ward.Bed
	Patients map[string]Known           // by patient ID
	Alerts   map[string]alert.Priority  // most urgent open alert, by patient ID
	Editing  map[string][]SectionHolder // who edits, by patient ID
	Every    vitals.Intervals           // zero value: the ward's own, else [vitals.Chart4]
	Stale    time.Duration              // zero: [StaleAfter]
	Nurses   map[string][]Nurse         // who looks after whom, by patient ID
	Monitor  map[string][]Reading       // what the bedside monitors show, by patient ID
	// Parked are messages that name this ward and wait for a person to say whose they
	// are; ParkedUnnamed those that name no ward: the charge nurses of all see to them.
	Parked, ParkedUnnamed parked.Waiting
	Now                   time.Time
}

// SectionHolder is one section of a patient's chart and who edits it.
type SectionHolder struct {
	Section chart.Section
	Holder  chart.Holder
}

// What stands in place of a name.
func notRead() string   { return tongue.T("(NOT READ YET)") }
func noSurname() string { return tongue.T("(NO SURNAME)") }

// StaleAfter is how long a value may go unconfirmed before it is drawn as old.
const StaleAfter = 2 * time.Minute

// Build makes the board. It does not sort beyond bed order; see [Snapshot.Select].
func Build(in Input) Snapshot {
	if in.Every == (vitals.Intervals{}) {
		in.Every = in.Ward.Observe
	}
	in.Every = in.Every.OrChart4()
	if in.Stale == 0 {
		in.Stale = StaleAfter
	}
	s := Snapshot{Every: in.Every, Ward: in.Ward.ID, WardName: in.Ward.Title(), Built: in.Now,
		Rows:   make([]Row, 0, len(in.Beds)),
		Parked: in.Parked, ParkedUnnamed: in.ParkedUnnamed}
	taken := lying(in.Beds)
	for _, bed := range inOrder(in.Beds) {
		if bed.Patient == "" {
			s.Rows = append(s.Rows, Row{Bed: bed.Name, Empty: emptyText(bed.State)})
			if bed.State == ward.BedFree || bed.State == "" {
				s.Counts.Free++
			}
			continue
		}
		known, ok := in.Patients[bed.Patient]
		if !ok {
			// A bed whose patient could not be read is not an empty bed.
			s.Rows = append(s.Rows, unread(bed, taken[bed.Name] > 1, in))
			s.Counts.Patients++
			s.Counts.Attention++
			continue
		}
		row := buildRow(bed, taken[bed.Name] > 1, known, in)
		s.Counts.add(row)
		if s.AsOf.IsZero() || known.Confirmed.Before(s.AsOf) {
			s.AsOf = known.Confirmed
		}
		s.Rows = append(s.Rows, row)
	}
	markLookAlikes(s.Rows)
	return s
}

func (c *Counts) add(r Row) {
	c.Patients++
	if r.Badge.Risk == vitals.RiskHigh {
		c.High++
	}
	if r.Overdue > 0 {
		c.Overdue++
	}
	if r.Attention() {
		c.Attention++
	}
}

// placed are the marks of where a patient lies.
func placed(bed ward.Bed, shared bool) []Mark {
	switch {
	case bed.Name == "":
		return []Mark{NoBed}
	case shared:
		return []Mark{TwoInBed}
	}
	return nil
}

// unread is the row of a patient whom nobody could read yet.
func unread(bed ward.Bed, shared bool, in Input) Row {
	r := Row{Bed: bed.Name, Patient: bed.Patient, Surname: notRead(), Age: -1, Stale: true,
		Alert: in.Alerts[bed.Patient], Nurses: in.Nurses[bed.Patient],
		Marks: placed(bed, shared),
		Badge: Badge{Text: "–", Why: tongue.T("This patient has not been read from the record yet")}}
	r.Cells = cells(vitals.Observation{}, vitals.Score{}, nil)
	r.find, r.names = findKey(r)
	return r
}

func buildRow(bed ward.Bed, shared bool, known Known, in Input) Row {
	sum := known.Summary
	p := sum.Patient
	r := Row{
		Bed: bed.Name, Patient: p.ID,
		Surname: strings.ToUpper(p.Surname), Given: p.Given,
		Age: p.Age(in.Now), AgeText: p.AgeText(in.Now), Child: p.Child(in.Now), Sex: string(p.Sex), MRN: p.GroupedMRN(),
		Born:      p.Born,
		BornIn:    p.BornIn,
		Marks:     append(placed(bed, shared), marksOf(sum, in.Now)...),
		Alert:     in.Alerts[p.ID],
		Nurses:    in.Nurses[p.ID],
		Monitor:   monitor(in.Monitor[p.ID]),
		Confirmed: known.Confirmed,
		Stale:     known.Stale || in.Now.Sub(known.Confirmed) > in.Stale,
	}
	if r.Surname == "" {
		r.Surname = noSurname()
	}
	if bed.Name == "" {
		r.Room = sum.Room
	}
	r.setObservations(sum, in)
	r.find, r.names = findKey(r)
	for _, h := range in.Editing[p.ID] {
		r.Editing = append(r.Editing, tongue.Tf("%s edits %s", surnameOf(h.Holder.Name), shortSection(h.Section)))
	}
	r.Chips = chips(sum, r, in.Editing[p.ID], in.Now)
	return r
}

func (r *Row) setObservations(sum patient.Summary, in Input) {
	stay := sum.OfStay(sum.Recent, in.Now)
	for _, z := range vitals.ZerosSent(stay) {
		r.Zero = append(r.Zero, z.Of)
	}
	raised, any := vitals.Raised(stay)
	p := raised.Picture
	measured := p.Values.Measured()
	score := vitals.NEWS2(p.Values)
	r.Scoring = sum.Scoring(in.Now)
	scored := r.Scoring.Applies()
	if !scored {
		score = vitals.Score{}
	}
	r.Cells = cells(p.Values, score, r.Zero)
	markCells(&r.Cells, p.Values)
	ageCells(&r.Cells, p, in.Now)
	if measured {
		r.Taken = p.Values.Taken
	}
	r.Due = NextSet(sum, in.Every, in.Now)
	if late := in.Now.Sub(r.Due); !r.Due.IsZero() && late >= time.Minute {
		r.Overdue = late
	}
	if tried, any := present(stay); any && !tried.Measured() && scored {
		r.NotDone = tried.NotDone.Text()
	}
	switch {
	case !any:
		r.Badge = Badge{Text: "–", Why: UnobservedText(sum, in.Now)}
	case !scored:
		r.Badge = Badge{Text: "–", Why: r.Scoring.Reason()}
	default:
		r.Badge = BadgeOf(raised, stay)
	}
}

// present is the newest moment that is not dated in the future, measured or not.
func present(sets []vitals.Observation) (vitals.Observation, bool) {
	for o := range vitals.Moments(sets) {
		return o, true
	}
	return vitals.Observation{}, false
}

// BadgeOf is the badge of what a patient's sets (newest first) come to, for the
// board and for the banner of the chart.
func BadgeOf(r vitals.Raise, sets []vitals.Observation) Badge {
	s := r.Score
	b := Badge{Text: strconv.Itoa(s.Total), Risk: s.Risk, Total: s.Total, Why: Why(s), Scale2: r.Set.Scale2,
		Future: r.Future, Zero: r.Zero}
	switch {
	case r.Future:
		b.Why = tongue.Tf("By a set that is dated in the future (%s): %s",
			tongue.Date(tongue.Here(r.Set.Taken), "02 Jan 2006, 15:04"), b.Why)
	case r.Zero && b.calm() && !s.Complete:
		return Badge{Text: "?", Zero: true, Why: tongue.T("A device sent 0, and no set is complete")}
	case r.Stands:
		b.Why = tongue.Tf("By the last complete set (%s): %s", tongue.Date(tongue.Here(r.Set.Taken), "02 Jan 15:04"),
			b.Why)
	case r.Picture.Mixed():
		b.Why = PictureText(r) + ": " + b.Why
		if r.Picture.Whole() {
			b.Trend = Rising
		}
	}
	if b.Trend == NoTrend && !r.Future && !r.Zero {
		b.Trend = trend(sets)
	}
	if b.Incomplete = !s.Complete; b.Incomplete {
		b.Text = "≥" + b.Text
	}
	if !s.Any() {
		b.Text = "–"
	}
	return b
}

// times are when the oldest and the newest value of a picture were measured: one, where that is the same minute.
func times(p vitals.Picture) string {
	oldest := p.Values.Taken
	for _, at := range p.At {
		if at.Before(oldest) {
			oldest = at
		}
	}
	first, last := tongue.Here(oldest), tongue.Here(p.Values.Taken)
	if first.Format(time.DateOnly) != last.Format(time.DateOnly) {
		return tongue.Tf("%s and %s", tongue.Date(first, "02 Jan 15:04"), tongue.Date(last, "02 Jan 15:04"))
	}
	if tongue.Clock(first) == tongue.Clock(last) {
		return tongue.Clock(last)
	}
	return tongue.Tf("%s and %s", tongue.Clock(first), tongue.Clock(last))
}

// PictureText says of which times the values are that a patient is shown with: "At least 8, from values of
// 14:24 and 14:36". "" where they are of one moment. Since some are older, the true score may be lower, too.
func PictureText(r vitals.Raise) string {
	switch {
	case r.Future, r.Stands, !r.Picture.Mixed():
		return ""
	case r.Picture.Whole():
		return tongue.Tf("At least %s, from values of %s", strconv.Itoa(r.Score.Total), times(r.Picture))
	}
	return tongue.Tf("From values of %s", times(r.Picture))
}

// calm reports whether nothing that was measured asks for more than ward care.
func (b Badge) calm() bool { return b.Risk == vitals.RiskNone || b.Risk == vitals.RiskLow }

// Doubted reports whether the score looks calm and must not: a device sent 0.
func (b Badge) Doubted() bool { return b.Zero && b.calm() }

// trend compares the two newest moments with a complete set. One that is dated in the
// future is neither before nor after another.
func trend(recent []vitals.Observation) Trend {
	var totals []int
	for o := range vitals.Moments(recent) {
		if s := vitals.NEWS2(o); s.Complete {
			if totals = append(totals, s.Total); len(totals) == 2 {
				switch {
				case totals[0] > totals[1]:
					return Rising
				case totals[0] < totals[1]:
					return Falling
				}
				return Steady
			}
		}
	}
	return NoTrend
}

func parameterNames() []string {
	return []string{tongue.T("RR"), "SpO₂", tongue.T("oxygen"), tongue.T("systolic BP"), tongue.T("pulse"),
		tongue.T("consciousness"), tongue.T("temperature")}
}

// Why explains a score in one line: "RR 2, SpO₂ 3 · not measured: temperature".
func Why(s vitals.Score) string {
	var scored, missing []string
	for i, p := range s.Points {
		switch {
		case !p.Measured:
			missing = append(missing, parameterNames()[i])
		case p.Points > 0:
			scored = append(scored, fmt.Sprintf("%s %d", parameterNames()[i], p.Points))
		}
	}
	text := strings.Join(scored, ", ")
	if text == "" {
		text = tongue.T("No points")
	}
	if len(missing) > 0 {
		text += " · " + tongue.Tf("not measured: %s", strings.Join(missing, ", "))
	}
	return text
}

func cells(o vitals.Observation, s vitals.Score, zero []vitals.Quantity) [5]Cell {
	bp := "–"
	if o.SBP != nil {
		bp = whole(o.SBP, vitals.SBP) + "/" + whole(o.DBP, vitals.SBP)
	}
	temp := "–"
	if o.Temp != nil {
		temp = tongue.Number(vitals.Rounded(vitals.Temp, *o.Temp), 1)
	}
	out := [5]Cell{
		{Label: tongue.T("RR"), Text: whole(o.RR, vitals.RR), Points: s.Points[vitals.RR].Points},
		{Label: "SpO₂", Text: whole(o.SpO2, vitals.SpO2), Points: s.Points[vitals.SpO2].Points},
		{Label: tongue.T("HR"), Text: whole(o.Pulse, vitals.Pulse), Points: s.Points[vitals.Pulse].Points},
		{Label: tongue.T("BP"), Text: bp, Points: s.Points[vitals.SBP].Points},
		{Label: tongue.T("T"), Text: temp, Points: s.Points[vitals.Temp].Points},
	}
	for _, q := range zero {
		if q == vitals.DiastolicPressure && o.SBP != nil {
			continue // the systolic pressure was measured, and is what scores
		}
		if i := cellOf(q); i >= 0 {
			out[i].Text, out[i].Zero = tongue.T("0 sent"), true
		}
	}
	return out
}

// cellOf is the cell that shows a quantity, or -1.
func cellOf(q vitals.Quantity) int {
	switch q {
	case vitals.RespirationRate:
		return 0
	case vitals.OxygenSaturation:
		return 1
	case vitals.PulseRate:
		return 2
	case vitals.SystolicPressure, vitals.DiastolicPressure:
		return 3
	case vitals.BodyTemperature:
		return 4
	}
	return -1
}

func whole(v *float64, p vitals.Parameter) string {
	if v == nil {
		return "–"
	}
	return strconv.FormatFloat(vitals.Rounded(p, *v), 'f', 0, 64)
}

func emptyText(s ward.BedState) string {
	switch s {
	case ward.BedCleaning:
		return tongue.T("Being cleaned")
	case ward.BedClosed:
		return tongue.T("Closed")
	}
	return tongue.T("Free")
}

func shortSection(s chart.Section) string {
	if s == chart.Observations {
		return tongue.T("obs")
	}
	return tongue.T("notes")
}

func surnameOf(name string) string {
	surname, _, _ := strings.Cut(name, ",")
	return surname
}
