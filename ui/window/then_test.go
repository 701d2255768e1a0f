package window

import (
	"context"
	"testing"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// slow is a trail that takes the opening of a chart by one person only once it may.
type slow struct {
	staff.Auditor
	of  string
	may chan struct{}
}

func (s slow) Audit(ctx context.Context, e audit.Event) error {
	if e.Action == audit.ViewChart && e.Actor == s.of {
		select {
		case <-s.may:
		case <-ctx.Done(): // the test failed
		}
	}
	return s.Auditor.Audit(ctx, e)
}

// What follows the opening of a chart is for whoever opened it. Another person who signed in meanwhile
// and turned to the same patient gets no form, no section in her name, and no draft of another.
//
// Seen red with openThen asking only which chart is open.
func TestWhatFollowsAChartIsOfWhoOpenedIt(t *testing.T) {
	for name, do := range map[string]func(*opened){
		"a form": func(o *opened) { o.openThen("p1", func() { o.chart.StartEdit(chart.Notes) }) },
		"a draft": func(o *opened) {
			o.openDraft(o.actOf(o.session(), "", ""), "4B", chart.Draft{Patient: "p1", Section: chart.Notes, Writer: "w1"})
		},
		"a set to correct": func(o *opened) { o.correctSet("p1", vitals.Observation{ID: "s1"}) },
	} {
		o := open(t)
		may := make(chan struct{})
		o.opt.Station.Staff.Audit = slow{o.opt.Station.Staff.Audit, "chen", may}
		o.enters("chen")
		do(o)
		o.switchUser()
		o.enters("diaz")
		o.Window.open("p1")
		o.wait("her chart", func() bool { return o.chart.Patient().Patient.ID == "p1" })
		close(may)
		o.settle()
		for _, s := range []chart.Section{chart.Notes, chart.Observations} {
			if is := o.chart.Phase(s); is != patient.Reading {
				t.Errorf("%s: a form of %s is open to another, phase %v", name, s, is)
			}
		}
		o.mu.Lock()
		if len(o.editor.edits) > 0 || o.editor.chosenDraft.Writer != "" {
			t.Errorf("%s: %d sections are held for another, draft %q", name, len(o.editor.edits), o.editor.chosenDraft.Writer)
		}
		o.mu.Unlock()
	}
}
