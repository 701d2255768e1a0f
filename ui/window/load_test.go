package window

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alarmload"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/ui/screentest"
)

// The alarm load is counted off the window's goroutine for whoever may see it, names who
// still lies here, and is gone once the station is locked. Red once: with the
// shell not clearing the screen.
func TestAlarmLoadOnTheScreen(t *testing.T) {
	o := openWith(t, func(opt *Options) {
		opt.Load = func(context.Context, string, time.Duration) (alarmload.Report, error) {
			return alarmload.Report{Ward: "4B",
				Total: alarmload.Load{Alerts: 3, Accepted: 1, ResponseMedian: 12, Response90: 12}, Busiest: 2,
				Patients: []alarmload.Named{{Name: "p1", Busiest: 2}, {Name: "gone", Busiest: 1}}}, nil
		}
	})
	o.signIn("chen", password)
	o.until("OKOYE")
	o.showLoad()
	o.until("3 alerts.")
	if text := o.text(); !strings.Contains(text, "01 OKOYE, Ada") || !strings.Contains(text, "Left the ward") {
		t.Errorf("%s", text)
	}
	o.audited(audit.ViewBoard, audit.Done, "")
	o.lock()
	o.queue.Drain()
	if text := screentest.Behind(o.win.Canvas().Content()); strings.Contains(text, "OKOYE") ||
		strings.Contains(text, "3 alerts.") {
		t.Errorf("locked:\n%s", text)
	}
}
