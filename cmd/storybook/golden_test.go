package main

import (
	"cmp"
	"flag"
	"fmt"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/theme"
)

var update = flag.Bool("update", false, "write the goldens again")

// golden are the screens whose words, places and colours are kept in testdata.
// `make goldens` writes them again; look at the change before you commit it.
var golden = []string{"sign-in", "sign-in-refused", "locked", "board", "board-list", "board-empty", "patient",
	"locked-by-other",
	"edit", "alert-storm", "lost-link", "take-over", "covered", "keys"}

// What a screen says, where, and in which colour, stays as it was until somebody
// means to change it.
//
// Seen red with theme.Alarm in place of theme.Muted in Link.Run, and with the
// alert column 8 wider.
func TestScreensStayAsTheyWere(t *testing.T) {
	for _, name := range golden {
		t.Run(name, func(t *testing.T) {
			app := test.NewApp()
			defer app.Quit()
			app.Settings().SetTheme(theme.New(theme.Day, 1))
			s := newStage(app)
			defer s.window.Close()
			s.window.Resize(fyne.NewSize(1600, 1000))
			i := slices.IndexFunc(stories, func(st story) bool { return st.name == name })
			if i < 0 {
				t.Fatal("no such story")
			}
			stories[i].play(s)
			compare(t, filepath.Join("testdata", name+".txt"), describe(s))
		})
	}
}

func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: `make goldens` writes it", err)
	}
	want := strings.ReplaceAll(string(text), "\r\n", "\n")
	if got == want {
		return
	}
	was, now := strings.Split(want, "\n"), strings.Split(got, "\n")
	shown := 0
	for _, d := range []struct {
		mark       string
		of, beside []string
	}{{"-", was, now}, {"+", now, was}} {
		for _, line := range d.of {
			if !slices.Contains(d.beside, line) && shown < 30 {
				t.Errorf("%s %s", d.mark, line)
				shown++
			}
		}
	}
	t.Errorf("%s: the screen changed; if that is meant, `make goldens` and look at what it writes", path)
}

// said is one text on the screen.
type said struct {
	x, y int
	line string
}

// describe is a screen as lines of text, from top to bottom: where, the colour's
// role, the size, the weight, the words. Places are rounded, so that another
// processor's last digit changes nothing.
func describe(s *stage) string {
	var all []said
	visit := func(o fyne.CanvasObject) {
		place(o, fyne.Position{}, func(txt *canvas.Text, at fyne.Position) {
			if strings.TrimSpace(txt.Text) == "" {
				return
			}
			weight := ""
			switch txt.TextStyle {
			case theme.SemiBold:
				weight = " semi-bold"
			case theme.Bold:
				weight = " bold"
			}
			d := said{x: step(at.X), y: step(at.Y)}
			d.line = fmt.Sprintf("%4d %4d  %-8s %.4g%s  %s", d.x, d.y, role(txt.Color), txt.TextSize, weight, txt.Text)
			all = append(all, d)
		})
	}
	over := s.window.Canvas().Overlays().List()
	for _, o := range over {
		visit(o)
	}
	if len(over) == 0 { // what lies behind a dialog has a golden of its own
		visit(s.window.Content())
	}
	slices.SortStableFunc(all, func(a, b said) int { return cmp.Or(a.y-b.y, a.x-b.x, strings.Compare(a.line, b.line)) })
	var b strings.Builder
	for _, d := range all {
		fmt.Fprintln(&b, strings.TrimRight(d.line, " "))
	}
	return b.String()
}

func step(v float32) int { return 4 * int(math.Round(float64(v)/4)) }

// role names a colour by the first roles that have it in the day's palette.
func role(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	for r, v := range theme.Light {
		if v == n && n.A > 0 {
			return roleNames[theme.Role(r)]
		}
	}
	return "?"
}

var roleNames = map[theme.Role]string{theme.Bg: "bg", theme.Surface: "surface", theme.Sunk: "sunk", theme.Ink: "ink",
	theme.Muted: "muted", theme.Line: "line",
	theme.Act: "act", theme.N0T: "n0", theme.N1T: "n1", theme.N3T: "n3", theme.N5T: "n5", theme.Alarm: "alarm",
	theme.MedOn: "on-med", theme.MedT: "med",
	theme.Lo: "low", theme.LoT: "low-text", theme.Lock: "lock", theme.Stale: "stale", theme.OK: "ok", theme.Hi: "high",
	theme.N7: "high", theme.Med: "medium"}

// place visits every visible text with its place in the window.
func place(o fyne.CanvasObject, at fyne.Position, visit func(*canvas.Text, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Text:
		visit(o, at)
	case *fyne.Container:
		for _, c := range o.Objects {
			place(c, at, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			place(c, at, visit)
		}
	}
}

// README.md shows what is drawn for it, and nothing is drawn for it that it does
// not show.
func TestReadmeShowsItsPictures(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range readme {
		path := "assets/screenshots/" + name + ".png"
		if !strings.Contains(string(text), "]("+path+")") {
			t.Errorf("README.md does not show %s", path)
		}
		if _, err := os.Stat("../../" + path); err != nil {
			t.Errorf("%v: `make screenshots` draws it", err)
		}
	}
}
