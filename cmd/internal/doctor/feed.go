package doctor

import (
	"context"
	"fmt"
	"strings"
)

// feed says what an interface engineer leaves out easily, and what waits.
func (v *visit) feed(ctx context.Context) {
	c := v.site.Config
	var unset []string
	if c.Here.TimeZone == "" {
		unset = append(unset, "site.time_zone is not set: times without an offset are read in this computer's zone")
	}
	if c.Here.Authority == "" {
		unset = append(unset, "site.authority is not set: a bare number is nobody's but its own")
	}
	if c.Feed.Training {
		unset = append(unset, "feed.training is on: training messages are charted")
	}
	if len(unset) > 0 { // each may be meant so
		v.ok("feed", strings.Join(unset, "; "))
	}
	waits, err := v.site.Record.ParkedMessages(ctx, false)
	switch {
	case err != nil:
		v.fail("parked", err.Error(), "restore the last backup")
	case len(waits) > 0:
		v.warn("parked", fmt.Sprintf("%d messages wait for a person to say whose they are", len(waits)),
			"`wardctl parked list`")
	default:
		v.ok("parked", "nothing waits")
	}
}
