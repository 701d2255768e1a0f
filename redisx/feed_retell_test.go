package redisx_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wardlight/wardlight/redisx"
)

// forget takes the newest events out of the log, with the memory of their IDs,
// as a failover does that happens before they were copied.
func forget(t *testing.T, raw *redis.Client, n int64) {
	t.Helper()
	got, err := raw.XRevRangeN(t.Context(), "t:f:{icu}", "+", "-", n).Result()
	if err != nil || int64(len(got)) != n {
		t.Fatalf("%d %v", len(got), err)
	}
	for _, m := range got {
		raw.XDel(t.Context(), "t:f:{icu}", m.ID)
		raw.Del(t.Context(), "t:fd:{icu}:"+m.Values["id"].(string))
	}
}

func logged(t *testing.T, raw *redis.Client) (ids []string) {
	t.Helper()
	got, err := raw.XRange(t.Context(), "t:f:{icu}", "-", "+").Result()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range got {
		ids = append(ids, m.Values["id"].(string))
	}
	return ids
}

// What the server forgot after it had accepted it is there again, in its order
// and before anything newer, and who had heard it does not hear it twice. Red
// with the position not compared in feed_append.lua: "after the last 3: [… e00006
// e00010]", "after everything: [e00030]".
func TestForgottenEventsAreAppendedAgain(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	raw := admin(t, s.Addr())
	l := follow(t, redisx.NewFeed(open(t, s.Addr()), "icu", quick), redisx.FromStart)
	within(t, 5*time.Second, "link", l.isUp)
	var want []string
	for round, loss := range []struct {
		name   string
		append func(n int) error
		forget func()
	}{
		{"the last 3", func(n int) error {
			// A Feed a call, as programs do: what was accepted is the Client's.
			_, err := redisx.NewFeed(c, "icu", quick).Append(t.Context(), fmt.Sprintf("e%05d", n), []byte("p"))
			return err
		}, func() { forget(t, raw, 3) }},
		{"everything", func(n int) error {
			_, err := redisx.NewFeed(c, "icu", quick).AppendDurable(t.Context(), fmt.Sprintf("e%05d", n), []byte("p"),
				0, time.Second)
			return err
		}, func() { raw.FlushAll(t.Context()) }},
	} {
		add := func(n int) {
			t.Helper()
			if err := loss.append(n); err != nil {
				t.Fatal(err)
			}
			want = append(want, fmt.Sprintf("e%05d", n))
		}
		for n := range 10 {
			add(20*round + n)
		}
		loss.forget()
		add(20*round + 10)
		if got := logged(t, raw); !slices.Equal(got, want) {
			t.Errorf("after %s: %v", loss.name, got)
		}
	}
	within(t, 10*time.Second, "all events", func() bool { return len(l.ids()) >= len(want) })
	if got := l.ids(); !slices.Equal(got, want) {
		t.Errorf("handed over: %v", got)
	}
}

// A log that trimmed this process's last event away has not forgotten it: that is
// asked about once and nothing is sent twice. Red with the place kept after
// retell: Append never ends.
func TestTrimmedEventsAreNotAppendedAgain(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	raw := admin(t, s.Addr())
	mine, others := redisx.NewFeed(c, "icu", quick), redisx.NewFeed(open(t, s.Addr()), "icu", quick)
	appendAll(t, mine, 0, 10)
	appendAll(t, others, 10, 20)
	raw.XTrimMaxLen(t.Context(), "t:f:{icu}", 5)
	before := calls(t, raw, "xadd")
	appendAll(t, mine, 20, 25)
	if n := calls(t, raw, "xadd") - before; n != 5 {
		t.Errorf("%d events appended, want 5", n)
	}
	looks := calls(t, raw, "xrange")
	appendAll(t, mine, 25, 45)
	if n := calls(t, raw, "xrange") - looks; n != 0 {
		t.Errorf("%d looks at the log for the last event", n)
	}
}
