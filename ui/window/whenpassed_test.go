package window

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// Whatever a refusal offers in place of a time that has passed is taken, and is due when it says: at each quarter of an hour of
// a day, for each quarter of an hour that somebody may write. Seen red with tomorrow offered after midnight, when the
// next such time is today's: nothing that the sentences offered was taken.
func TestWhatIsOfferedForAPassedTimeIsTaken(t *testing.T) {
	tongue.KeepTime(time.UTC)
	t.Cleanup(func() { tongue.KeepTime(nil) })
	offers := regexp.MustCompile(`or ((?:today|tomorrow) \d\d:\d\d)\.$`)
	midnight := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	tried := 0
	for passed := time.Duration(0); passed < 24*time.Hour; passed += 15 * time.Minute {
		now := midnight.Add(passed)
		for quarter := range 96 {
			clock := midnight.Add(time.Duration(quarter) * 15 * time.Minute).Format("15:04")
			_, _, wrong := whenDue("Turn "+clock, now)
			m := offers.FindStringSubmatch(wrong)
			if m == nil {
				continue
			}
			tried++
			what, due, wrong := whenDue("Turn "+m[1], now)
			today := strings.HasPrefix(m[1], "today")
			if wrong != "" || today != tongue.SameDay(due, now) || what != "Turn" || due.Format("15:04") != clock || due.Sub(now) > 24*time.Hour || due.Before(now) {
				t.Errorf("at %s %q is offered for %s: %q at %v, %q", now.Format("15:04"), m[1], clock, what, due, wrong)
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d were refused as passed", tried)
	}
}
