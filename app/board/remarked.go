package board

import (
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// Symbol is the shape that stands beside a value of which a remark speaks; words say
// the rest.
func Symbol(k vitals.RemarkKind) string {
	switch k {
	case vitals.Corrected:
		return "Δ"
	case vitals.Preliminary:
		return "○"
	case vitals.Finalised:
		return "✓"
	case vitals.Withdrawn:
		return "✕"
	case vitals.AlsoRead:
		return "≠"
	case vitals.ZeroSent:
		return "⚠"
	}
	return "*"
}

// unplain are the remarks by which a value of the board is no plain one, the weightiest
// first: what was made final or withdrawn is told by the chart.
var unplain = []vitals.RemarkKind{vitals.AlsoRead, vitals.Noted, vitals.Corrected, vitals.Preliminary}

// markCells puts the shape of the weightiest remark beside each value of a set.
func markCells(cells *[5]Cell, o vitals.Observation) {
	for _, k := range slices.Backward(unplain) {
		for _, r := range o.Remarked(k) {
			if i := cellOf(r.Of); i >= 0 && !cells[i].Zero {
				cells[i].Mark = Symbol(k)
			}
		}
	}
}

// ageCells says how old each value is that was measured before the newest.
func ageCells(cells *[5]Cell, p vitals.Picture, now time.Time) {
	for q, at := range p.At {
		if i := cellOf(q); i >= 0 && !cells[i].Zero && !at.Equal(p.Values.Taken) && q != vitals.DiastolicPressure {
			cells[i].Age = Span(Since(at, now))
		}
	}
}

// Shown is the value with the shape beside it.
func (c Cell) Shown() string {
	if c.Mark == "" {
		return c.Text
	}
	return c.Text + "\u2009" + c.Mark
}

// remarkChips say in words what the shapes beside the newest values mean, a chip for
// each kind.
func remarkChips(sum patient.Summary, now time.Time) (out []Chip) {
	p, measured := vitals.PictureOf(sum.OfStay(sum.Recent, now))
	if !measured {
		return nil
	}
	o := p.Values
	for _, k := range unplain {
		var names []string
		for _, r := range o.Remarked(k) {
			if name := SignName(r.Of); cellOf(r.Of) >= 0 && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if len(names) == 0 {
			continue
		}
		text, of := "", strings.Join(names, ", ")
		switch k {
		case vitals.AlsoRead:
			text = tongue.Tf("%s read twice", of)
		case vitals.Noted:
			text = tongue.Tf("%s has a note", of)
		case vitals.Corrected:
			text = tongue.Tf("%s corrected", of)
		default:
			text = tongue.Tf("%s preliminary", of)
		}
		out = append(out, Chip{Kind: ChipNeutral, Guard: GuardRemark, Text: Symbol(k) + " " + text,
			Short: Symbol(k) + " " + of})
	}
	return out
}
