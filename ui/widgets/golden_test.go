package widgets_test

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

var update = flag.Bool("update", false, "write the goldens again")

// leaves are the smallest marks of the station, each as large as it wants to be,
// or as large as said.
var leaves = []struct {
	name string
	make func() fyne.CanvasObject
	size fyne.Size
}{
	{"badge-high", badge("10", vitals.RiskHigh, 10), fyne.Size{}},
	{"badge-medium", badge("6", vitals.RiskMedium, 6), fyne.Size{}},
	{"badge-three", badge("3", vitals.RiskLowMedium, 3), fyne.Size{}},
	{"badge-low", badge("2", vitals.RiskLow, 2), fyne.Size{}},
	{"badge-incomplete", badge("≥1", vitals.RiskLow, 1), fyne.Size{}},
	{"tag-bed", func() fyne.CanvasObject { return widgets.NewBedTag("07") }, fyne.Size{}},
	{"tag-points", func() fyne.CanvasObject { return widgets.NewPoints() }, fyne.Size{}},
	{"tag-high", priority(alert.High), fyne.Size{}},
	{"tag-medium", priority(alert.Medium), fyne.Size{}},
	{"tag-low", priority(alert.Low), fyne.Size{}},
	{"tag-technical", priority(alert.Technical), fyne.Size{}},
	{"bars", func() fyne.CanvasObject {
		return widgets.Bars(90,
			[]widgets.BarRow{{Name: "High", Value: "12", Part: 1}, {Name: "Medium", Value: "5", Part: .42},
				{Name: "Low", Value: "0"}})
	}, fyne.NewSize(280, 80)},
	{"trend", trend, fyne.NewSize(240, 90)},
	{"alert-edge", func() fyne.CanvasObject {
		c := widgets.NewAlertCard()
		c.Set(fixture.Alerts().Open[0], fixture.Now)
		return c
	}, fyne.NewSize(360, 212)},
	{"lock", func() fyne.CanvasObject {
		b := widgets.NewLockBanner("golden")
		b.Set(fixture.Holder(), false, true, "")
		return b
	}, fyne.NewSize(520, 60)},
	{"strip", func() fyne.CanvasObject {
		s := widgets.NewStrip("golden")
		s.Set(widgets.Alarm, "This station cannot hear alerts.", "Use another.")
		return s
	}, fyne.NewSize(420, 36)},
}

func badge(text string, r vitals.Risk, total int) func() fyne.CanvasObject {
	return func() fyne.CanvasObject { return widgets.NewBadge(board.Badge{Text: text, Risk: r, Total: total}, 1) }
}

func priority(p alert.Priority) func() fyne.CanvasObject {
	return func() fyne.CanvasObject { return widgets.NewPriority(p) }
}

func trend() fyne.CanvasObject {
	d := widgets.TrendData{Low: 12, High: 20, Min: 5, Max: 35, From: fixture.Now.Add(-8 * time.Hour), To: fixture.Now,
		Gap: 3 * time.Hour}
	for i, v := range []float64{16, 18, 22, 19, 24, 27} {
		d.Points = append(d.Points,
			widgets.TrendPoint{At: d.From.Add(time.Duration(i) * time.Hour), Value: v, Out: v > 20})
	}
	t := widgets.NewTrend()
	t.Set(d)
	return t
}

// The smallest marks look as they did until somebody means to change them, by day
// and by night. All is drawn with the typefaces that the program carries.
//
// Seen red with the radius of a badge changed by 3, and with theme.N5 for a high
// score.
func TestLeavesLookAsTheyDid(t *testing.T) {
	for mode, suffix := range map[theme.Mode]string{theme.Day: "", theme.Dark: "-night"} {
		test.NewTempApp(t).Settings().SetTheme(theme.New(mode, 1))
		for _, l := range leaves {
			t.Run(l.name+suffix, func(t *testing.T) {
				o := l.make()
				back := widgets.NewPanel(0, 0, 0, 0, nil)
				back.Radius, back.Stroke = 0, theme.None
				w := test.NewTempWindow(t, container.NewStack(back, container.NewWithoutLayout(o)))
				w.SetPadded(false)
				size := l.size
				if size.IsZero() {
					size = o.MinSize()
				}
				o.Resize(size)
				o.Move(fyne.NewPos(4, 4))
				w.Resize(size.AddWidthHeight(8, 8))
				alike(t, filepath.Join("testdata", l.name+suffix+".png"), w.Canvas().Capture())
			})
		}
	}
}

// alike compares with a golden. Another processor rounds the edge of a letter
// another way: of each hundred points one may differ, and none by much.
func alike(t *testing.T, path string, got image.Image) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, got)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("%v: `make goldens` writes it", err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != got.Bounds() {
		t.Fatalf("%s is %v, the golden %v", path, got.Bounds().Size(), want.Bounds().Size())
	}
	b, differ := got.Bounds(), 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r1, g1, b1, _ := got.At(x, y).RGBA()
			r2, g2, b2, _ := want.At(x, y).RGBA()
			if apart(r1, r2) || apart(g1, g2) || apart(b1, b2) {
				differ++
			}
		}
	}
	if all := b.Dx() * b.Dy(); differ*100 > all {
		write(t, filepath.Join(t.ArtifactDir(), filepath.Base(path)), got)
		t.Errorf("%s: %d of %d points differ; if that is meant, `make goldens` and look at what it writes", path,
			differ, all)
	}
}

// apart are two values of a colour, of 65535, that an eye could tell apart.
func apart(a, b uint32) bool { return max(a, b)-min(a, b) > 8*257 }

func write(t *testing.T, path string, img image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}
