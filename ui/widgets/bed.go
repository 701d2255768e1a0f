package widgets

import (
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
)

// Bed is what a Tile and a Line share: one row of the board that can be
// focused, selected and opened. It knows its patient by ID alone.
type Bed struct {
	widget.BaseWidget
	Keyed
	steady

	OnSelect func(patient string)
	OnOpen   func(patient string)
	// OnMove asks for the neighbour in a direction (columns, rows).
	OnMove func(patient string, dx, dy int)
	// OnHover tells that the pointer is over the bed, each time it moves, or left it.
	OnHover func(patient string, in bool)
	// In is the scroller that the bed stands in; nil: none.
	In *VScroll

	row              board.Row
	age, brief       string // how old its values are, in words, and where there is little room
	selected, mine   bool
	focused, hovered bool
	fresh            bool // selected by the focus just now, maybe on the way of a tap
}

// Row is what the bed shows now.
func (b *Bed) Row() board.Row { return b.row }

// Set shows a row. It reports whether anything visible changed; only then is
// the bed drawn again.
func (b *Bed) set(r board.Row, now time.Time, redraw func()) bool {
	age, brief := ageText(r, now)
	same := age == b.age && reflect.DeepEqual(asSeen(b.row), asSeen(r))
	b.row, b.age, b.brief = r, age, brief
	if same {
		return false
	}
	redraw()
	return true
}

// asSeen is a row without what no eye can tell: values are confirmed every few
// seconds, and what is late is late by another second each time. For a refresh the
// whole window is drawn again.
func asSeen(r board.Row) board.Row {
	r.Confirmed = time.Time{}     // once it is old, ageText tells it
	r.Overdue = min(r.Overdue, 1) // its chip says by how much
	return r
}

// ageText says how old the values are, or when they were last confirmed; brief says it where there is little
// room.
func ageText(r board.Row, now time.Time) (whole, brief string) {
	if r.Patient != "" && r.Stale && !r.Confirmed.IsZero() {
		at := tongue.Here(r.Confirmed)
		text := at.Format("15:04")
		if now.Sub(at) >= 12*time.Hour { // 13:20 alone reads as today's
			text = tongue.Date(at, "02 Jan 15:04")
		}
		return tongue.Tf("last confirmed %s", text), tongue.Tf("confirmed %s", text)
	}
	whole = setAge(r, now)
	return whole, whole
}

// setAge says how old the newest set is, or why there is none to say it of.
func setAge(r board.Row, now time.Time) string {
	switch {
	case r.Patient == "":
		return ""
	case r.Stale:
		return tongue.T("not confirmed")
	case r.Taken.IsZero() && r.Is(board.Ahead):
		return tongue.T("dated in the future")
	case r.Taken.IsZero():
		return tongue.T("no observations yet")
	}
	return tongue.Tf("%s ago", board.Span(board.Since(r.Taken, now)))
}

func (b *Bed) details() string {
	if b.row.Patient == "" {
		return ""
	}
	var parts []string
	who := sexLetter(b.row.Sex)
	if b.row.Child {
		who = patient.ChildText(patient.Sex(b.row.Sex))
	}
	if b.row.AgeText != "" {
		who = strings.TrimSpace(b.row.AgeText + " " + who)
	}
	number := ""
	if !b.row.Initials {
		number = mrn(b.row.MRN)
	}
	for _, s := range []string{who, number} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// sexLetter is the sex as a tile has room for it; "" if it is not recorded.
func sexLetter(sex string) string {
	switch patient.Sex(sex) {
	case patient.Female:
		return tongue.T("F")
	case patient.Male:
		return tongue.T("M")
	case patient.Other:
		return tongue.T("O")
	}
	return strings.TrimSpace(sex)
}

func mrn(s string) string {
	if s == "" {
		return tongue.T("no MRN")
	}
	return tongue.T("MRN") + "\u00a0" + together(s)
}

// together keeps a number or a date on one line: half an MRN is no identifier.
func together(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// placeTogether keeps a place on one line, unless it is so long that it would not fit on one.
func placeTogether(s string) string {
	if utf8.RuneCountInString(s) > 16 {
		return s
	}
	return together(s)
}

// styleTag draws the bed's number; a nurse's own patients carry a mark.
func (b *Bed) styleTag(t *tag) {
	t.look.fill, t.look.ink, t.look.line = theme.Sunk, theme.Muted, theme.None
	text := b.row.Bed
	if text == "" {
		text = tongue.T("no bed")
	}
	if b.row.Is(board.NoBed) || b.row.Is(board.TwoInBed) {
		t.look.fill, t.look.ink, t.look.line = theme.MedBg, theme.MedT, theme.Med
	}
	if b.mine {
		t.look.fill, t.look.ink, t.look.line = theme.None, theme.Act, theme.Act
		text = "● " + text
	}
	t.style(text)
}

func (b *Bed) setMine(on bool, redraw func()) {
	if b.mine != on {
		b.mine = on
		redraw()
	}
}

func (b *Bed) hot() bool { return b.row.Alert == alert.High }

// nameRuns is "SURNAME, Given", or the initials.
func (b *Bed) nameRuns(ink theme.Role) []Run {
	if b.row.Given == "" {
		return []Run{{Text: b.row.Surname, Style: theme.Bold, Role: ink}}
	}
	return []Run{{Text: b.row.Surname + ",", Style: theme.Bold, Role: ink}, {Text: " " + b.row.Given, Role: ink}}
}

// AccessibilityLabel implements fyne.Accessible.
func (b *Bed) AccessibilityLabel() string {
	if b.row.Patient == "" {
		return tongue.Tf("Bed %s, %s", b.row.Bed, b.row.Empty)
	}
	s := tongue.Tf("%s, %s, NEWS2 %s", b.row.Place(), b.row.Surname, b.row.Badge.Text)
	if !b.row.Initials {
		s = tongue.Tf("%s, %s, %s, %s, NEWS2 %s", b.row.Place(), b.row.Surname, b.row.Given, mrn(b.row.MRN),
			b.row.Badge.Text)
	}
	if b.row.Badge.Why != "" {
		s += ": " + b.row.Badge.Why
	}
	if z := b.row.ZeroText(); z != "" {
		s += ". " + z
	}
	for _, c := range b.row.Chips {
		if c.Kind == board.ChipCheck || c.Kind == board.ChipAllergy {
			s += ", " + c.Text
		}
	}
	if b.mine {
		s += ", " + tongue.T("your patient")
	}
	if b.row.Overdue > 0 {
		s += ", " + tongue.T("observations overdue")
	}
	if b.row.Alert != "" {
		s += ", " + tongue.Tf("open alert %s", priorityWord(b.row.Alert))
	}
	if b.row.Stale {
		s += ", " + b.age
	}
	if m := monitorText(b.row.Monitor); m != "" {
		s += ", " + m
	}
	return s
}

func priorityWord(p alert.Priority) string {
	switch p {
	case alert.Medium:
		return tongue.T("medium")
	case alert.Low:
		return tongue.T("low")
	case alert.Technical:
		return tongue.T("technical")
	}
	return tongue.T("high")
}

// AccessibilityRole implements fyne.Accessible.
func (b *Bed) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// SpotText is the name shown.
func (b *Bed) SpotText() string {
	if b.row.Patient == "" {
		return tongue.Tf("Bed %s %s", b.row.Bed, b.row.Empty)
	}
	return b.row.Surname + ", " + b.row.Given + " " + b.row.Badge.Text
}
