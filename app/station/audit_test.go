package station_test

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
)

// A shift of two nurses, and what the trail says of it: every view, edit, take-
// over, save, refusal, alert move, lock and sign-in, in order; each line with all
// that an audit needs to name who, where, on whom and how it ended.
//
// Seen red: without the desk's Audit (no edits in it), without the address, and
// with the typed reason of the take-over put into the line.
func TestAShiftIsInTheTrail(t *testing.T) {
	h := build(t)
	ctx := t.Context()
	one, two := h.open("WS-1"), h.open("WS-2")
	const typed = "she has gone home, canary-3f1"

	if _, err := one.Staff.SignIn(ctx, "diaz", "wrong"); !errors.Is(err, staff.ErrBadCredentials) {
		t.Fatal(err)
	}
	diaz, err := one.Staff.SignIn(ctx, "diaz", "correct horse")
	must(t, err)
	one.Staff.ViewedBoard(ctx, diaz, "4B")
	one.Staff.Viewed(ctx, diaz, "p1")
	first, err := one.Desk("4B").Edit(ctx, diaz, "4B", "p1", chart.Notes)
	must(t, err)

	chen, err := two.Staff.SignIn(ctx, "chen", "correct horse")
	must(t, err)
	var held *chart.HeldError
	if _, err := two.Desk("4B").Edit(ctx, chen, "4B", "p1", chart.Notes); !errors.As(err, &held) {
		t.Fatal(err)
	}
	second, err := two.Desk("4B").TakeOver(ctx, chen, "4B", "p1", chart.Notes, held.Holder.Fence, typed)
	must(t, err)
	if _, err := second.Save(ctx, map[string]string{"text": "seen"},
		chart.Entry{Note: &chart.Note{Text: "seen"}}); err != nil {
		t.Fatal(err)
	}
	first.Close(ctx)
	first.Close(ctx) // once is enough

	if _, err := one.Desk("4B").TakeOver(ctx, diaz, "4B", "p1", chart.Notes, 0, typed); !errors.Is(err,
		staff.ErrNotAllowed) {
		t.Fatal(err)
	}
	m, err := one.Line.Raise(ctx, alert.Alert{ID: "a1", Ward: "4B", Patient: "p1", Priority: alert.High, Text: "seen"})
	must(t, err)
	_, err = two.Line.Accept(ctx, chen, alert.Read{Alert: m.Alert})
	must(t, err)
	one.Staff.Locked(ctx, diaz)
	if err := one.Staff.Unlock(ctx, diaz, "wrong"); !errors.Is(err, staff.ErrBadCredentials) {
		t.Fatal(err)
	}
	must(t, one.Staff.Unlock(ctx, diaz, "correct horse"))
	must(t, one.Staff.SignOut(ctx, diaz))

	machine, err := os.Hostname()
	must(t, err)
	hashed := regexp.MustCompile(`^[0-9a-f]{16}$`)
	var got []string
	must(t, h.store().AuditEach(ctx, 0, func(l audit.Line) error {
		r := l.Row()
		if r.Actor != "diaz" && r.Actor != "chen" {
			return nil // a machine's
		}
		got = append(got,
			strings.TrimRight(strings.Join([]string{r.Actor, string(r.Action), r.Patient, r.Object, string(r.Outcome),
				r.Reason}, " "), " "))
		station, role := map[string]string{"diaz": "WS-1", "chen": "WS-2"}[r.Actor],
			map[string]string{"diaz": "nurse", "chen": "charge-nurse"}[r.Actor]
		if r.Seq == 0 || r.At.IsZero() || time.Since(r.At) > time.Minute || r.Event == "" ||
			!strings.Contains("CRUDE", r.Kind) ||
			r.Outcome == "" || r.Role != role || r.Station != station || r.Address != machine || r.Hash == "" {
			t.Errorf("line %d lacks something: %+v", r.Seq, r)
		}
		if (r.Patient != "") != (r.Purpose == audit.Treat) {
			t.Errorf("line %d: purpose %q for patient %q", r.Seq, r.Purpose, r.Patient)
		}
		if refusedAtTheDoor := r.Action == audit.SignIn && r.Outcome != audit.Done; !refusedAtTheDoor &&
			r.Action != audit.AcceptAlert && !hashed.MatchString(r.Session) {
			t.Errorf("line %d: session %q", r.Seq, r.Session)
		}
		for _, secret := range []string{diaz.Token, chen.Token, typed, "canary", "Okoye", "seen"} {
			for _, field := range []string{r.Session, r.Object, r.Reason, r.Patient, r.Actor} {
				if strings.Contains(field, secret) {
					t.Errorf("line %d shows %q", r.Seq, field)
				}
			}
		}
		return nil
	}))
	want := []string{
		"diaz sign-in   refused credentials",
		"diaz sign-in   done",
		"diaz view-board  4B done",
		"diaz view-chart p1  done",
		"diaz edit-begin p1 notes done",
		"chen sign-in   done",
		"chen edit-begin p1 notes refused held",
		"chen take-over p1 notes done",
		"chen save-chart p1 notes done",
		"chen edit-end p1 notes done",
		"diaz edit-end p1 notes done",
		"diaz denied   refused take-over-lock",
		"chen accept-alert p1 a1 done",
		"diaz lock   done",
		"diaz unlock   refused credentials",
		"diaz unlock   done",
		"diaz sign-out   done",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the trail says\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
