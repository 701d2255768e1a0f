// Package alarmload is the screen of a ward's alarm load: what its alerts asked
// of it, in plots whose numbers stand in words. It draws what it is given and
// calls back. Everything here belongs to the UI goroutine.
package alarmload

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/alarmload"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Period is a length of time that can be chosen.
type Period struct {
	Name string
	Ago  time.Duration
}

// Periods are the choices.
func Periods() []Period {
	return []Period{{tongue.T("24 hours"), 24 * time.Hour}, {tongue.T("7 days"), 7 * 24 * time.Hour},
		{tongue.T("30 days"), 30 * 24 * time.Hour}}
}

// Actions are what the screen asks for.
type Actions struct {
	Period func(ago time.Duration)
	Back   func()
}

// View is what is shown at one moment. Problem says why there is no report; a
// zero View is one that is being counted.
type View struct {
	WardName string
	Report   *alarmload.Report
	// Patients names the patients who still lie on the ward, by record ID, with
	// their bed: "07 OKOYE, Ada".
	Patients map[string]string
	Problem  string
}

// Screen is the screen.
type Screen struct {
	periods *widgets.Segmented
	back    *widgets.Button
	title   *widgets.Label
	summary *widgets.Label
	plots   *fyne.Container
	content *fyne.Container
}

// most bounds the sources and patients that are drawn.
const most = 8

// New makes an empty screen.
func New(a Actions) *Screen {
	s := &Screen{title: widgets.Text(tongue.T("Alarm load"), 20, theme.Bold, theme.Ink).Wrapped(), plots: widgets.Col(12),
		summary: widgets.Text("", 14.5, theme.Regular, theme.Ink).Wrapped()}
	names := make([]string, 0, len(Periods()))
	for _, p := range Periods() {
		names = append(names, p.Name)
	}
	s.periods = widgets.NewSegmented(0, func(i int) { a.Period(Periods()[i].Ago) },
		names...).Compact().Named("load.period", "day", "week", "month")
	s.back = widgets.NewButton(widgets.Secondary, tongue.T("Back"), "Esc", func() { a.Back() }).Named("load.back")
	spots.Mark("load.summary", s.summary)
	note := widgets.Text(
		tongue.T("Evidence for the ward's alarm management. It cannot tell which alerts needed somebody."), 12.5,
		theme.Regular, theme.Muted).Wrapped()
	s.content = container.NewStack(widgets.Pad(16, 12, 8, 16, widgets.Col(10,
		widgets.Ends(14, 8, widgets.Row(14, s.back, widgets.Grow(s.title)), s.periods),
		widgets.Grow(widgets.NewVScroll(widgets.Col(10, s.summary, note, s.plots))))))
	return s
}

// Content is what to place in the window.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Back is where the keyboard begins.
func (s *Screen) Back() *widgets.Button { return s.back }

// Clear forgets the report: nothing of a patient stays behind a locked screen.
func (s *Screen) Clear() { s.Show(View{}) }

// Show draws a report.
func (s *Screen) Show(v View) {
	s.title.Set(tongue.T("Alarm load"))
	if v.WardName != "" {
		s.title.Set(tongue.Tf("Alarm load, %s", v.WardName))
	}
	s.plots.Objects = nil
	switch {
	case v.Problem != "":
		s.summary.Set(v.Problem)
	case v.Report == nil:
		s.summary.Set(tongue.T("Counting …"))
	default:
		s.summary.Set(summary(*v.Report))
		s.draw(v)
	}
	s.plots.Refresh()
	s.content.Refresh()
}

func summary(r alarmload.Report) string {
	if r.Total.Alerts == 0 {
		return tongue.T("No alerts in this time.")
	}
	text := tongue.N(r.Total.Alerts,
		"%d alert. %.1f per patient and 120 min on average, at most %d. %.0f %% escalated, %d without an answer.",
		"%d alerts. %.1f per patient and 120 min on average, at most %d. %.0f %% escalated, %d without an answer.",
		r.Rate, r.Busiest, 100*r.Total.EscalatedShare(), r.Total.Unanswered)
	if r.Total.Accepted > 0 {
		text += " " + tongue.Tf("Half were accepted within %s, nine of ten within %s.", seconds(r.Total.ResponseMedian),
			seconds(r.Total.Response90))
	}
	return text
}

func (s *Screen) draw(v View) {
	r := v.Report
	patients := make([]alarmload.Named, 0, len(r.Patients))
	for _, p := range r.Patients {
		name, here := v.Patients[p.Name]
		if !here {
			name = tongue.T("Left the ward")
		}
		p.Name = name
		patients = append(patients, p)
	}
	alerts := func(n alarmload.Named) (float64, string) {
		return float64(n.Alerts), tongue.Tf("%d, %.0f %% escalated", n.Alerts, 100*n.EscalatedShare())
	}
	busiest := func(n alarmload.Named) (float64, string) { return float64(n.Busiest), fmt.Sprint(n.Busiest) }
	response := func(n alarmload.Named) (float64, string) {
		if n.Accepted == 0 {
			return 0, tongue.T("none accepted")
		}
		return n.ResponseMedian, tongue.Tf("%s, 90 %% in %s", seconds(n.ResponseMedian), seconds(n.Response90))
	}
	two := func(a, b fyne.CanvasObject) { s.plots.Add(container.New(pair{}, a, b)) }
	two(plot(tongue.T("Where they come from"), r.Sources, alerts),
		plot(tongue.T("Alerts by shift"), inWords(r.Shifts), alerts))
	two(plot(tongue.T("Most in 120 min, by patient"), patients, busiest),
		plot(tongue.T("Until accepted, by shift"), inWords(r.Shifts), response))
	s.plots.Add(plot(tongue.T("Until accepted, by the same patient's alerts in the 120 min before"), r.Bins, response))
}

// pair sets two plots side by side where there is room for the words in both,
// else one under the other.
type pair struct{}

const between = 12

func (pair) beside(width float32) bool { return width >= theme.Sp(1000) }

func (p pair) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if p.beside(s.Width) {
		w := (s.Width - between) / 2
		for i := range o {
			o[i].Move(fyne.NewPos(float32(i)*(w+between), 0))
			o[i].Resize(fyne.NewSize(w, s.Height))
		}
		return
	}
	h := widgets.HeightFor(o[0], s.Width)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, h))
	o[1].Move(fyne.NewPos(0, h+between))
	o[1].Resize(fyne.NewSize(s.Width, s.Height-h-between))
}

func (pair) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 100) }

// HeightFor is the height at a width.
func (p pair) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	if p.beside(width) {
		w := (width - between) / 2
		return max(widgets.HeightFor(o[0], w), widgets.HeightFor(o[1], w))
	}
	return widgets.HeightFor(o[0], width) + between + widgets.HeightFor(o[1], width)
}

// plot is a titled bar chart.
func plot(title string, list []alarmload.Named, of func(alarmload.Named) (float64, string)) fyne.CanvasObject {
	body := widgets.Col(10, widgets.Text(title, 14.5, theme.Bold, theme.Ink).Wrapped())
	top := 0.0
	for _, n := range list {
		v, _ := of(n)
		top = max(top, v)
	}
	rows := make([]widgets.BarRow, 0, most)
	for _, n := range list[:min(len(list), most)] {
		v, text := of(n)
		row := widgets.BarRow{Name: n.Name, Value: text}
		if top > 0 {
			row.Part = v / top
		}
		rows = append(rows, row)
	}
	body.Add(widgets.Bars(150, rows))
	switch {
	case len(list) == 0:
		body.Add(widgets.Text(tongue.T("None."), 13, theme.Regular, theme.Muted))
	case len(list) > most:
		body.Add(widgets.Text(tongue.Tf("and %d more: wardctl alarms report --csv", len(list)-most), 12.5,
			theme.Regular, theme.Muted))
	}
	return widgets.NewPanel(14, 16, 14, 16, body)
}

// inWords names the usual shifts in the reader's language; a ward's own names stay.
func inWords(shifts []alarmload.Named) []alarmload.Named {
	names := map[string]string{"night": tongue.T("night"), "day": tongue.T("day"), "late": tongue.T("late shift")}
	shifts = slices.Clone(shifts)
	for i := range shifts {
		if name, is := names[shifts[i].Name]; is {
			shifts[i].Name = name
		}
	}
	return shifts
}

func seconds(s float64) string {
	if s < 120 {
		return tongue.Tf("%.0f s", s)
	}
	return tongue.Tf("%.0f min", s/60)
}
