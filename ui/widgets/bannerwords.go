package widgets

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
)

// BannerName is "SURNAME, Given" with the surname bold.
func BannerName(p patient.Patient) []Run {
	surname, given, _ := strings.Cut(p.Name(), ", ")
	runs := []Run{{Text: surname + ",", Style: theme.Bold}, {Text: " " + given}}
	if p.Deceased {
		runs = append(runs, Run{Text: "  " + tongue.T("deceased"), Style: theme.Bold, Role: theme.Alarm})
	}
	if p.MergedInto != "" {
		runs = append(runs,
			Run{Text: "  " + tongue.T("merged into another record"), Style: theme.Bold, Role: theme.Alarm})
	}
	return runs
}

func initials(p patient.Patient) string {
	first := func(s string) string {
		r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
		if r == utf8.RuneError {
			return ""
		}
		return strings.ToUpper(string(r))
	}
	return first(p.Given) + first(p.Surname)
}

func identity(s patient.Summary, now time.Time) []Run {
	p := s.Patient
	strong := func(t string) Run { return Run{Text: t, Style: theme.Bold} }
	plain := func(t string) Run { return Run{Text: t} }
	runs := []Run{plain(tongue.T("Born") + "\u00a0"), strong(tongue.T("not recorded"))}
	if born := p.BornText(); born != "" {
		runs = []Run{plain(tongue.T("Born") + "\u00a0"), strong(together(born))}
		if age := p.AgeText(now); age != "" {
			runs = append(runs, plain(" ("+age+")"))
		}
	}
	runs = append(runs, plain(" · "+whoText(p, now)+" · "+tongue.T("MRN")+"\u00a0"))
	if p.MRN == "" {
		runs = append(runs, strong(tongue.T("none")))
	} else {
		runs = append(runs, strong(together(p.GroupedMRN())))
	}
	if s.Bed != "" || s.Ward != "" {
		runs = append(runs, plain(" · "+placeTogether(board.Row{Bed: s.Bed, Room: s.Room}.Place())))
	}
	return runs
}

// whoText is the sex in words, and of a child that it is one: "girl" is said of nobody whose
// sex is not recorded.
func whoText(p patient.Patient, now time.Time) string {
	if !p.Child(now) {
		return sexText(p.Sex)
	}
	switch p.Sex {
	case patient.Female:
		return tongue.T("Girl")
	case patient.Male:
		return tongue.T("Boy")
	case patient.Unknown, "":
		return tongue.T("Child, sex not recorded")
	}
	return tongue.Tf("Child, sex %s", sexText(p.Sex))
}

func sexText(s patient.Sex) string {
	switch s {
	case patient.Female:
		return tongue.T("Female")
	case patient.Male:
		return tongue.T("Male")
	case patient.Other:
		return tongue.T("Other")
	case patient.Unknown, "":
		return tongue.T("Sex not recorded")
	}
	return string(s)
}

// BannerChips are allergies with their reactions, then marks and flags with all that is said
// of them, in the board's order. "None known" and "not recorded" are two different things and
// look different.
func BannerChips(s patient.Summary, twoInBed bool, alike board.Chip, now time.Time) []board.Chip {
	out := []board.Chip{board.AllergyChip(s)}
	if len(s.Allergic) > 0 {
		out = nil
	}
	for _, a := range s.Allergic {
		text := "⚠ " + a.Substance
		if a.Reaction != "" {
			text += ": " + a.Reaction
		}
		out = append(out, board.Chip{Kind: board.ChipAllergy, Guard: board.GuardAllergy, Text: text})
	}
	if twoInBed {
		out = append(out, board.TwoInBedChip(s.Bed))
	}
	if alike.Text != "" {
		out = append(out, alike)
	}
	out = append(out, board.MarkChips(s, now)...)
	for _, f := range s.Flags {
		if c := board.FlagChip(f); c.Text != "" {
			out = append(out, c)
		}
	}
	board.ByGuard(out)
	return out
}

// briefChips are those that stand below the allergies: flags by their names, and that no allergy is known.
func briefChips(s patient.Summary, twoInBed bool, alike board.Chip, now time.Time) []board.Chip {
	for i, f := range s.Flags {
		if name := board.FlagName(f.Kind); name != "" {
			s.Flags = slices.Clone(s.Flags)
			s.Flags[i].Text = name
		}
	}
	return BannerChips(s, twoInBed, alike, now)[len(s.Allergic):]
}
