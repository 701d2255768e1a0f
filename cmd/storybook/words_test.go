package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Every story, with the usual ward and with the hardest, in both sizes of window and of text: no text is cut at
// its sides, none lies over another or leaves what it stands in, and no word that protects a patient is cut,
// counted or missing.
//
// Seen red with long words kept in one piece, with the names of ward and user on one line of the head, with all that is
// said of flags in a banner of any height, and with a wall drawn larger than its column; and, for names, with one line
// for each on a tile (nameLines).
// And with a banner of at most a third of the window and the name at its usual size: at text 200 % the allergies stood
// below what was seen of it.
func TestWordsAreNeverCut(t *testing.T) {
	withoutRace(t)
	defer fixture.MakeHard(false)
	var beds, cards, banners int
	for _, hard := range []bool{false, true} {
		fixture.MakeHard(hard)
		for _, scale := range []float32{1, 2} {
			if !hard && scale < 2 {
				continue // TestStories plays them there
			}
			for _, st := range stories {
				t.Run(fmt.Sprintf("%s/%v/%v", st.name, hard, scale), func(t *testing.T) {
					app := test.NewApp()
					defer app.Quit()
					app.Settings().SetTheme(theme.New(theme.Day, scale))
					s := newStage(app)
					defer s.window.Close()
					for i, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 1600, Height: 1000}} {
						if s.window.Resize(size); i == 0 {
							st.play(s)
						}
						roots := s.window.Canvas().Overlays().List()
						if len(roots) == 0 {
							roots = []fyne.CanvasObject{s.window.Content()}
						}
						for _, o := range roots {
							words := screentest.Seen(o, size)
							nothingIsCut(t, size, words)
							noLabelIsCut(t, o)
							whatMattersIsWhole(t, size, o, words, &beds, &cards, &banners)
						}
					}
				})
			}
		}
	}
	t.Logf("%d beds, %d cards, %d banners were measured", beds, cards, banners)
	if beds < 300 || cards < 300 || banners < 80 {
		t.Error("too few were measured")
	}
}

// nothingIsCut looks at every text alone, and at each beside the others.
func nothingIsCut(t *testing.T, size fyne.Size, words []screentest.Word) {
	t.Helper()
	for i, w := range words {
		scrolls := slices.ContainsFunc(w.Of,
			func(o fyne.CanvasObject) bool { _, is := o.(*container.Scroll); return is })
		typed := slices.ContainsFunc(w.Of, func(o fyne.CanvasObject) bool { _, is := o.(*widgets.Entry); return is })
		if !typed && (w.Seen.W < w.At.W-1.5 || !scrolls && !w.Whole()) {
			t.Errorf("%.0f: %q is cut: it stands at %.0f, seen is %.0f", size, w.Text, w.At, w.Seen)
		}
		p := w.Part
		if !typed && (w.At.X < p.X-1.5 || w.At.X+w.At.W > p.X+p.W+1.5 || w.At.Y < p.Y-1.5 ||
			w.At.Y+w.At.H > p.Y+p.H+1.5) {
			t.Errorf("%.0f: %q leaves its %T: it stands at %.0f, that at %.0f", size, w.Text, w.Of[len(w.Of)-2],
				w.At, p)
		}
		first := !slices.ContainsFunc(words[:i], func(o screentest.Word) bool {
			return o.Of[len(o.Of)-2] == w.Of[len(w.Of)-2] && o.At.X < w.At.X
		})
		if strings.HasPrefix(w.Text, "…") && first {
			t.Errorf("%q lost its beginning", w.Text)
		}
		for _, o := range words[i+1:] {
			if w.Overlaps(o) {
				t.Errorf("%.0f: %q at %.0f and %q at %.0f lie over each other", size, w.Text, w.Seen, o.Text, o.Seen)
			}
		}
	}
}

// whatMattersIsWhole reads what is drawn of each bed, card, banner and head of which all can be seen.
func whatMattersIsWhole(t *testing.T, size fyne.Size, root fyne.CanvasObject, words []screentest.Word, beds,
	cards, banners *int) {
	t.Helper()
	in := map[fyne.CanvasObject]*strings.Builder{}
	cut := map[fyne.CanvasObject]bool{}
	for _, w := range words {
		for _, o := range w.Of {
			if in[o] == nil {
				in[o] = &strings.Builder{}
			}
			in[o].WriteString(w.Text)
			cut[o] = cut[o] || !w.Whole()
		}
	}
	screentest.Walk(root, func(o fyne.CanvasObject) {
		// A banner never scrolls: what is not seen of it is not there.
		if _, is := o.(*widgets.PatientBanner); in[o] == nil || !is &&
			(cut[o] || bare(screentest.Texts(o)) != bare(in[o].String())) {
			return // it is scrolled away, or half of it is
		}
		said := bare(in[o].String())
		must := func(what, text string) {
			if !strings.Contains(said, bare(text)) {
				t.Errorf("%.0f, %T: %s %q is not whole in %q", size, o, what, text, in[o])
			}
		}
		switch o := o.(type) {
		case *widgets.Tile:
			*beds++
			bedIsWhole(t, o.Row(), said, must)
		case *widgets.Line:
			*beds++
			bedIsWhole(t, o.Row(), said, must)
		case *widgets.AlertCard:
			*cards++
			for _, line := range strings.Split(o.Says(), "\n") {
				must("what it says of whom", line)
			}
		case *widgets.PatientBanner:
			*banners++
			name, ids, _ := strings.Cut(o.SpotText(), " · ")
			must("the name", name)
			must("the numbers", ids)
			for _, a := range o.Allergies() {
				must("an allergy", a)
			}
			for _, c := range o.Whole() {
				if c.Short == "" || !strings.Contains(said, bare(c.Short)) {
					must("what protects", c.Text)
				}
			}
			if cut[o] {
				t.Errorf("%.0f: the banner is cut: %q", size, in[o])
			}
		}
	})
}

func bedIsWhole(t *testing.T, r appboard.Row, said string, must func(what, text string)) {
	t.Helper()
	if r.Patient == "" {
		return
	}
	must("the bed", r.Bed)
	if surname := []rune(r.Surname); len(surname) <= 40 {
		must("the surname", r.Surname)
		if r.Given != "" && utf8.RuneCountInString(r.Surname+r.Given) <= 40 {
			must("the name", r.Surname+", "+r.Given)
		}
	} else {
		must("the surname's beginning", string(surname[:14]))
	}
	must("the number", r.MRN)
	must("the score", r.Badge.Text)
	for _, c := range r.Cells {
		must("a value", c.Text)
		if c.Age != "" {
			must("its age", c.Label+c.Age)
		}
	}
	for _, c := range r.Chips {
		if c.Counts() || strings.Contains(said, bare(c.Text)) || c.Short != "" &&
			strings.Contains(said, bare(c.Short)) {
			continue
		}
		rs := []rune(c.Text)
		if c.Kind == appboard.ChipAllergy && len(rs) > 12 && strings.Contains(said, bare(string(rs[:11])+"")) &&
			strings.Contains(said, "…"+bare(c.Tail)) {
			continue
		}
		t.Errorf("%q of %s is hidden in %q", c.Text, r.Surname, said)
	}
}

// bare is a text without its spaces, which wrapping takes.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u00a0' || r == '\u2009' {
			return -1
		}
		return r
	}, s)
}
