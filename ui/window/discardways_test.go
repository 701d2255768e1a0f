package window

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// typedIn opens a chart's section in one of the ways in which it can be discarded, with something typed in it.
type typedIn struct {
	name, button string
	section      chart.Section
	open         func(o *opened) *typist
	lost         []string // what the question says of it
}

// ways are all in which a text can be on the screen with a Discard beside it.
var ways = []typedIn{
	{"a note", "Discard", chart.Notes, func(o *opened) *typist {
		p := o.writing("chen", chart.Notes)
		p.write("fell at two beside the bed and was not hurt that anybody could see")
		return p
	}, []string{"fell at two beside the bed and was not hurt that anybody … and 2 more words"}},
	{"a set", "Discard", chart.Observations, func(o *opened) *typist {
		p := o.writing("chen", chart.Observations)
		p.write("24")
		return p
	}, []string{"Respiration 24"}},
	{"a change", "Discard", chart.Notes, func(o *opened) *typist {
		return o.changing()
	}, []string{"left leg hurts"}},
	{"a conflict", "Discard mine", chart.Notes, func(o *opened) *typist {
		other := beside(o.t, o.store, "diaz")
		p := o.writing("chen", chart.Notes)
		p.write("left leg")
		other.save(chart.Notes, chart.Entry{Note: &chart.Note{Text: "right leg"}})
		p.ctrl(fyne.KeyReturn)
		o.until("In the record now")
		o.hit(o.t, "Theirs")
		return p
	}, []string{"left leg"}},
	{"a lost section", "Discard", chart.Notes, func(o *opened) *typist {
		p := o.writing("chen", chart.Notes)
		p.write("left leg")
		o.expire(time.Now().Add(editIdle))
		o.wait("the loss", func() bool { return o.chart.Phase(chart.Notes) == patient.Lost })
		return p
	}, []string{"left leg"}},
	{"a draft", "Discard", chart.Observations, func(o *opened) *typist {
		o.typedAgo(time.Minute, chart.Draft{Patient: "p1", Section: chart.Observations,
			Fields: map[string]string{"rr": "24", "pulse": "110"}})
		return o.writing("chen", chart.Observations)
	}, []string{"Respiration 24", "Pulse 110"}},
	{"a change that was kept", "Discard", chart.Observations, func(o *opened) *typist {
		beside(o.t, o.store, "diaz").save(chart.Observations,
			chart.Entry{Observation: &vitals.Observation{RR: num(18), SpO2: num(91)}})
		o.typedAgo(time.Minute, chart.Draft{Patient: "p1", Section: chart.Observations, Version: 1,
			Fields: map[string]string{"rr": "24", "spo2": "91", patient.AmendsField: o.sets()[0].ID}})
		return o.writing("chen", chart.Observations)
	}, []string{"Respiration 24"}},
}
