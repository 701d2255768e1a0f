package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) wardsCommand() *cobra.Command {
	return &cobra.Command{Use: "wards", Short: "List the wards: as commands take them, name, site, ID",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				wards, err := s.Record.Wards(ctx)
				for _, w := range wards {
					fmt.Fprintf(cmd.OutOrStdout(), "%s\t%s\t%s\t%s\n", wardName(w), w.Name, w.Site, w.ID)
				}
				return err
			})
		}}
}

func (t *tool) showCommand() *cobra.Command {
	var ward string
	var asJSON bool
	c := &cobra.Command{Use: "show", Short: "Print a ward's board", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				ctx, cancel := context.WithTimeout(ctx, limit)
				defer cancel()
				ward, err := needWard(ward, s)
				if err != nil {
					return err
				}
				rows, err := readBoard(ctx, s.Record, ward, time.Now().UTC())
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), rows)
				}
				return printRows(cmd.OutOrStdout(), rows)
			})
		}}
	c.Flags().StringVar(&ward, "ward", "", "which ward")
	c.Flags().BoolVar(&asJSON, "json", false, "print the rows as JSON")
	return c
}

// row is one bed of the board as JSON. What was not measured or does not apply
// is null, never zero.
type row struct {
	Bed     string `json:"bed"`            // "" for a patient without one
	Room    string `json:"room,omitempty"` // of a patient without a bed, if it is known
	NoBed   bool   `json:"noBed,omitempty"`
	Shared  bool   `json:"sharedBed,omitempty"` // another patient has the same bed
	Empty   string `json:"empty,omitempty"`     // why nobody lies here
	Patient string `json:"patient,omitempty"`
	Surname string `json:"surname,omitempty"`
	Given   string `json:"given,omitempty"`
	MRN     string `json:"mrn,omitempty"` // as recorded, for --mrn
	Age     *int   `json:"age"`
	Sex     string `json:"sex,omitempty"`
	// BornIn is "year" or "month" if no more of the date of birth is known: then Age
	// may be one too many.
	BornIn patient.BornIn `json:"bornIn,omitempty"`
	Marks  []board.Mark   `json:"marks,omitempty"`
	// NameLike is where on the ward somebody of a like name is.
	NameLike string           `json:"nameLike,omitempty"`
	Leave    *time.Time       `json:"leave,omitempty"` // on leave since
	Planned  *patient.Planned `json:"planned,omitempty"`

	NEWS2 *int `json:"news2"` // a lower bound unless complete
	// NoScore is why NEWS2 does not apply; Scale2 that SpO2 is read on scale 2.
	NoScore  vitals.NoScore `json:"noScore,omitempty"`
	Scale2   bool           `json:"scale2,omitempty"`
	Risk     vitals.Risk    `json:"risk"`
	Complete bool           `json:"complete"`
	RR       *float64       `json:"rr"`
	SpO2     *float64       `json:"spo2"`
	HR       *float64       `json:"hr"`
	BP       *string        `json:"bp"`
	Temp     *float64       `json:"temp"`
	Taken    *time.Time     `json:"taken"`
	Due      *time.Time     `json:"due"`
	Overdue  int64          `json:"overdueSeconds"`

	// Future says that a set which is dated in the future raised NEWS2; Zero are the
	// signs for which a device sent 0.
	Future bool              `json:"news2Future,omitempty"`
	Zero   []vitals.Quantity `json:"zeroSent,omitempty"`

	// Allergies is null where nobody recorded any answer, [] for none known. For
	// "no known drug allergies" it is null, and AllergyStatus is "none-known-drug".
	Allergies     []string              `json:"allergies"`
	AllergyStatus patient.AllergyStatus `json:"allergyStatus,omitempty"`
	Flags         []patient.FlagKind    `json:"flags"`
	Alert         alert.Priority        `json:"alert"` // the most urgent open one
	Editing       []string              `json:"editing"`
	Stale         bool                  `json:"stale"`
	Confirmed     *time.Time            `json:"confirmed"`
}

// readBoard builds the board from the record, as a station does.
func readBoard(ctx context.Context, rec *records.Store, wardID string, now time.Time) ([]row, error) {
	w, err := rec.Ward(ctx, wardID)
	if errors.Is(err, records.ErrNotFound) {
		return nil, fmt.Errorf("no ward %q in this record: `wardctl wards` lists them", wardID)
	} else if err != nil {
		return nil, err
	}
	beds, err := rec.Beds(ctx, wardID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, b := range beds {
		if b.Patient != "" {
			ids = append(ids, b.Patient)
		}
	}
	summaries, err := rec.Summaries(ctx, ids)
	if err != nil {
		return nil, err
	}
	moves, err := rec.OpenMoves(ctx, wardID)
	if err != nil {
		return nil, err
	}
	inbox := alert.NewInbox()
	for _, m := range moves {
		inbox.Apply(m, now, false)
	}
	known := make(map[string]board.Known, len(summaries))
	for id, s := range summaries {
		known[id] = board.Known{Summary: s, Confirmed: now}
	}
	snapshot := board.Build(board.Input{Ward: w, Beds: beds, Patients: known, Alerts: inbox.View().Urgent, Now: now})
	rows := make([]row, 0, len(snapshot.Rows))
	for _, r := range snapshot.Rows {
		rows = append(rows, newRow(r, summaries[r.Patient], now))
	}
	return rows, nil
}

func newRow(r board.Row, s patient.Summary, now time.Time) row {
	out := row{Bed: r.Bed, Empty: r.Empty, Patient: r.Patient, Surname: r.Surname, Given: r.Given, MRN: s.Patient.MRN,
		Sex: r.Sex, Risk: r.Badge.Risk, Taken: whenKnown(r.Taken), Due: whenKnown(r.Due),
		Overdue: int64(r.Overdue.Seconds()),
		Flags:   []patient.FlagKind{}, Alert: r.Alert, Editing: append([]string{}, r.Editing...), Stale: r.Stale,
		Confirmed: whenKnown(r.Confirmed)}
	if r.Patient == "" {
		return out
	}
	out.Room, out.NoBed, out.Shared, out.Marks = r.Room, r.Is(board.NoBed), r.Is(board.TwoInBed), r.Marks
	out.NameLike = r.LookAlike
	out.NoScore, out.Scale2 = r.Scoring.None, r.Scoring.Scale2
	out.BornIn, out.Leave, out.Planned = r.BornIn, whenKnown(s.Leave), s.Planned
	out.Future, out.Zero, out.AllergyStatus = r.Badge.Future, r.Zero, s.Allergy
	if r.Age >= 0 {
		out.Age = &r.Age
	}
	for _, f := range s.Flags {
		out.Flags = append(out.Flags, f.Kind)
	}
	// Of drugs alone nobody may read [] as none at all: that stays null.
	if s.Allergy == patient.NoKnownAllergies || s.Allergy == patient.AllergiesRecorded {
		out.Allergies = []string{}
	}
	for _, a := range s.Allergic {
		out.Allergies = append(out.Allergies, a.Substance)
	}
	// The board scores nobody to whom NEWS2 does not apply.
	if r.Badge.Text != "–" && r.Badge.Text != "?" {
		out.NEWS2, out.Complete = &r.Badge.Total, !r.Badge.Incomplete
	}
	p, ok := vitals.PictureOf(s.OfStay(s.Recent, now))
	if !ok {
		return out
	}
	o := p.Values
	out.RR, out.SpO2 = rounded(vitals.RR, o.RR), rounded(vitals.SpO2, o.SpO2)
	out.HR, out.Temp = rounded(vitals.Pulse, o.Pulse), rounded(vitals.Temp, o.Temp)
	if o.SBP != nil {
		out.BP = pressure(o)
	}
	return out
}

// pressure is "120/70", "120/–" without a diastolic one.
func pressure(o vitals.Observation) *string {
	text := fmt.Sprintf("%.0f/–", vitals.Rounded(vitals.SBP, *o.SBP))
	if o.DBP != nil {
		text = fmt.Sprintf("%.0f/%.0f", vitals.Rounded(vitals.SBP, *o.SBP), vitals.Rounded(vitals.SBP, *o.DBP))
	}
	return &text
}

func rounded(p vitals.Parameter, v *float64) *float64 {
	if v == nil {
		return nil
	}
	out := vitals.Rounded(p, *v)
	return &out
}

func whenKnown(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
