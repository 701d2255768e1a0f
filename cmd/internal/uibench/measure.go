//go:build linux

package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
)

// figures are times in milliseconds, in the order they were taken, and memory in
// MiB.
type figures struct {
	Times  map[string][]float64
	Memory map[string]float64
}

const (
	rounds   = 60
	switches = 1000
)

func (s *stage) measure() figures {
	f := figures{Times: map[string][]float64{}, Memory: map[string]float64{}}
	take := func(name string, change func(i int)) {
		for i := range rounds {
			cpu := processor()
			applied, shown := s.painted(func() { change(i) })
			f.Times[name+": on the window's goroutine"] = append(f.Times[name+": on the window's goroutine"],
				ms(applied))
			f.Times[name+": painted"] = append(f.Times[name+": painted"], ms(shown))
			f.Times[name+": processor"] = append(f.Times[name+": processor"], ms(processor()-cpu))
		}
	}
	views := s.views()
	s.painted(func() { s.shell.Go(shell.Board); s.board.Show(views[0]) })
	take("a frame in which nothing changed", func(int) {})
	take("board of 40, same rows", func(int) { s.board.Show(views[0]) })
	take("board of 40, one row changed", func(i int) { s.board.Show(views[i%2]) })
	take("board of 40, every row changed", func(i int) { s.board.Show(views[i%2*2]) })
	charts := s.charts()
	turn := func(i int) {
		v := charts[i%len(charts)]
		s.chart.Open(v.Page.Summary.Patient.ID)
		s.shell.Go(shell.Patient)
		s.chart.Show(v)
	}
	take("chart of another patient", turn)
	for i := 1; i <= switches; i++ {
		s.painted(func() { turn(i) })
		if i == switches/5 || i == switches {
			f.Memory[fmt.Sprintf("resident after %d switches", i)] = resident()
			f.Memory[fmt.Sprintf("heap after %d switches", i)] = heap()
		}
	}
	return f
}

// views are a board as it is, with one row changed, and with all changed.
func (s *stage) views() []board.View {
	var out []board.View
	for n := range 3 {
		in := ofForty()
		snap := appboard.Build(in)
		rows := snap.Select(appboard.Query{})
		for i := range rows {
			if n == 2 || n == 1 && i == 3 {
				rows[i].Taken = rows[i].Taken.Add(-time.Minute)
				rows[i].Cells[0].Text = "31"
			}
		}
		out = append(out, board.View{Snapshot: snap, Rows: rows, Now: fixture.Now, Me: fixture.Me, MayEdit: true})
	}
	return out
}

// charts are those of forty patients.
func (s *stage) charts() (out []patient.View) {
	for _, b := range ofForty().Beds {
		p := fixture.Chart()
		p.Summary = ofForty().Patients[b.Patient].Summary
		out = append(out, patient.View{Page: p, Now: fixture.Now, MayEdit: true})
	}
	return out
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// processor is the time that this program used of all cores.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// resident is the program's memory once garbage is given back, in MiB.
func resident() float64 {
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kib float64
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			_, _ = fmt.Sscan(rest, &kib)
		}
	}
	return kib / 1024
}

func heap() float64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}
