//go:build linux

package main

import (
	"fmt"
	"image"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/dispatch"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/alarmload"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screen/signin"
	"github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/shell"
)

// stage is the station's screens in a window, with a probe that hears when a
// frame is painted.
type stage struct {
	do    dispatch.Do
	shell *shell.Shell
	board *board.Screen
	chart *patient.Screen
	probe *canvas.Raster
	drawn chan struct{} // the probe was drawn
}

func newStage(win fyne.Window) *stage {
	s := &stage{do: dispatch.Main, board: board.New(board.Actions{}), chart: patient.New(patient.Actions{}),
		drawn: make(chan struct{}, 1)}
	column := alerts.New(alerts.Actions{})
	s.shell = shell.New(win, shell.Screens{SignIn: signin.New(signin.Actions{}), Board: s.board, Patient: s.chart,
		Alerts: column, Load: alarmload.New(alarmload.Actions{}), Station: station.New(station.Actions{})},
		shell.Actions{})
	column.Show(fixture.Alerts())
	s.probe = canvas.NewRaster(func(int, int) image.Image {
		select {
		case s.drawn <- struct{}{}:
		default:
		}
		img := image.NewNRGBA(image.Rect(0, 0, 1, 1))
		img.Set(0, 0, color.White)
		return img
	})
	corner := container.NewWithoutLayout(s.probe)
	s.probe.Resize(fyne.NewSize(1, 1))
	win.SetContent(container.NewStack(win.Content(), corner))
	return s
}

// painted runs f on the window's goroutine. It returns how long f took, and how
// long it was from the start of f until the frame with all that f changed was
// handed to the window system: the toolkit asks for the probe's pixels while it
// paints, and does nothing else until that frame is swapped in.
func (s *stage) painted(f func()) (applied, shown time.Duration) {
	select {
	case <-s.drawn:
	default:
	}
	began, ended := make(chan time.Time, 1), make(chan time.Duration, 1)
	s.do(func() {
		t := time.Now()
		f()
		ended <- time.Since(t)
		s.probe.Refresh()
		began <- t
	})
	t := <-began
	<-s.drawn
	swapped := make(chan time.Time, 1)
	s.do(func() { swapped <- time.Now() })
	return <-ended, (<-swapped).Sub(t)
}

// ofForty is a ward of forty patients: the fixture's, some twice under another
// name.
func ofForty() appboard.Input {
	in := fixture.Input()
	beds := in.Beds
	in.Beds = nil
	for _, b := range beds {
		if b.Patient != "" {
			in.Beds = append(in.Beds, b)
		}
	}
	for i := 0; len(in.Beds) < 40; i++ {
		k := in.Patients[in.Beds[i].Patient]
		p := &k.Summary.Patient
		p.ID, p.Surname, p.MRN = p.ID+"-2", p.Surname+"son", fmt.Sprint(8100000+i)
		k.Summary.Bed = fmt.Sprint(31 + i)
		in.Patients[p.ID] = k
		in.Beds = append(in.Beds, ward.Bed{Ward: in.Ward.ID, Name: k.Summary.Bed, Patient: p.ID})
	}
	return in
}
