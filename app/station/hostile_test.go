package station_test

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/redisx"
)

// Odd and hostile messages on the intake channel, each told as redis-cli would:
// what becomes of it on a station's screen. After each an ordinary alert still
// flows.
//
// Seen red with Clean handing text on as it is: escapes, lines, direction marks,
// combining marks and long texts came through.
func TestOddAlerts(t *testing.T) {
	h := build(t)
	d := h.open("WS-1")
	client, err := redisx.Open(redisx.Config{Addrs: []string{h.redis.Addr()}})
	must(t, err)
	defer client.Close()
	tell := func(payload string) {
		t.Helper()
		must(t, client.Publish(t.Context(), live.Intake(client.Keys(), "4B"), []byte(payload)))
	}
	unreadable := "A message on the alert intake could not be read: "
	for n, c := range []struct {
		name, payload string
		text          string // as shown; "" none
		priority      alert.Priority
		times         int // how often it is published
	}{
		{"plain", `{"mrn":"7001001","priority":"low","text":"T0"}`, "T0", alert.Low, 1},
		{"unknown priority", `{"priority":"catastrophic","text":"T1"}`, "T1", alert.High, 1},
		{"no priority", `{"text":"T2"}`, "T2", alert.High, 1},
		{"priority of another type", `{"priority":7,"text":"T3"}`, "T3", alert.High, 1},
		{"unknown type of alert", `{"priority":"low","type":"PH","kind":{"a":[1]},"text":"T4"}`, "T4", alert.Low, 1},
		{"unknown patient", `{"mrn":"999","priority":"low","text":"T5"}`, "T5", alert.Low, 1},
		{"doubled, one ID", `{"id":"d1","priority":"low","text":"T6"}`, "T6", alert.Low, 3},
		{"future-dated", `{"priority":"low","text":"T7","at":"2099-01-01T00:00:00Z"}`, "T7", alert.Low, 1},
		{"an hour old", fmt.Sprintf(`{"priority":"low","text":"T8","at":%q}`,
			time.Now().Add(-time.Hour).Format(time.RFC3339)), "T8", alert.Low, 1},
		{"a time that is none", `{"text":"T9","at":"yesterday"}`, "T9", alert.High, 1},
		{"empty object", `{}`, unreadable + "no text. Tell IT.", alert.Technical, 1},
		{"not JSON", `HELP bed 7`, unreadable + "not one JSON object. Tell IT.", alert.Technical, 1},
		{"cut short", `{"text":"T1`, "T1", alert.High, 1},
		{"two objects", `{"text":"a"}{"text":"b"}`, "a", alert.High, 1}, // each is an alert
		{"nothing", ``, unreadable + "not one JSON object. Tell IT.", alert.Technical, 1},
		{"deep nesting", strings.Repeat("[", 20_000), unreadable + "not one JSON object. Tell IT.", alert.Technical, 1},
		{"bytes that are no text", "{\"priority\":\"low\",\"text\":\"T\xff\xfe10\"}", "T\ufffd\ufffd10", alert.Low, 1},
		{"NUL and escapes", `{"priority":"low","text":"T\u0000\u001b[31m11\u0007"}`, "T [31m11", alert.Low, 1},
		{"lines", `{"priority":"low","text":"T12\r\nBed 9: all is well"}`, "T12 Bed 9: all is well", alert.Low, 1},
		{"bidi", `{"priority":"low","text":"T13 \u202e98 2OpS\u202c\u2066x"}`, "T13 98 2OpSx", alert.Low, 1},
		{"zero width", `{"priority":"low","text":"T\u200b1\u200d4\ufeff"}`, "T1 4", alert.Low, 1},
		{"10,000 combining marks", `{"priority":"low","text":"T15e` + strings.Repeat(`\u0301`, 10_000) + `"}`,
			"T15e\u0301\u0301", alert.Low, 1},
		{"markup", `{"priority":"low","text":"T16 <b>$(reboot)</b> ${x} %s"}`, "T16 <b>$(reboot)</b> ${x} %s",
			alert.Low, 1},
		{"long text", `{"priority":"low","text":"T17` + strings.Repeat("x", 3000) + `"}`,
			"T17" + strings.Repeat("x", alert.MaxText-3) + "…", alert.Low, 1},
		{"65 KiB", `{"text":"T18` + strings.Repeat("x", 65<<10) + `"}`, "", alert.Technical, 1},
		{"10 MB", `{"text":"T19` + strings.Repeat("x", 10<<20) + `"}`, "", alert.Technical, 1},
	} {
		var before runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		already := map[string]bool{}
		for _, c := range d.until(t, "a picture", func(live.Picture) bool { return true }).Cards {
			already[c.Alert.ID] = true
		}
		for range c.times {
			tell(c.payload)
		}
		tell(fmt.Sprintf(`{"priority":"low","text":"after %d"}`, n))
		var fresh []alert.Card
		p := d.until(t, c.name+": the next one", func(p live.Picture) bool {
			fresh = nil
			after := false
			for _, card := range p.Cards {
				if card.Alert.Text == fmt.Sprint("after ", n) {
					after = true
				} else if !already[card.Alert.ID] {
					fresh = append(fresh, card)
				}
			}
			return after && len(fresh) > 0
		})
		_ = p
		if len(fresh) != 1+strings.Count(c.payload, "}{") {
			t.Errorf("%s: %d alerts", c.name, len(fresh))
		}
		a := slices.MinFunc(fresh,
			func(a, b alert.Card) int { return strings.Compare(a.Alert.Text, b.Alert.Text) }).Alert
		if c.text != "" && a.Text != c.text || a.Priority != c.priority {
			t.Errorf("%s: %.80q, %s; want %.80q, %s", c.name, a.Text, a.Priority, c.text, c.priority)
		}
		if strings.ContainsFunc(a.Text+a.Source+a.Bed,
			func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("%s: %q can still do something", c.name, a.Text)
		}
		if age := time.Since(a.Received); age < -time.Second || age > 20*time.Second {
			t.Errorf("%s: received %v ago: its source's clock rules", c.name, age)
		}
		if len(c.payload) > 1<<20 {
			var now runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&now)
			if grown := int64(now.HeapAlloc) - int64(before.HeapAlloc); grown > 20<<20 {
				t.Errorf("%s: %d bytes kept", c.name, grown)
			}
		}
	}
}

// Moves that come late, doubled and out of order, on the stream and from the
// record, are each shown once and in the record's order; what cannot be read is
// passed over. Seen red with neither the follower nor the inbox knowing what it had:
// moves came twice. Each alone holds.
func TestOddMovesOnTheStream(t *testing.T) {
	h := build(t)
	d := h.open("WS-1")
	client, err := redisx.Open(redisx.Config{Addrs: []string{h.redis.Addr()}})
	must(t, err)
	defer client.Close()
	feed := live.Feed(client, "4B")
	put := func(id string, payload []byte) {
		t.Helper()
		_, err := feed.Append(t.Context(), id, payload)
		must(t, err)
	}
	store := h.store()
	first, err := d.Line.Raise(t.Context(), alert.Alert{Ward: "4B", Patient: "p1", Priority: alert.High, Text: "first"})
	must(t, err)
	d.heard(t, "firstraised")
	changes, err := store.ChangesAfter(t.Context(), first.Seq-1, 1)
	must(t, err)
	again := fmt.Appendf(nil, `{"seq":%d,"kind":"alert","ward":"4B","payload":%s}`, first.Seq, changes[0].Payload)
	for n := range 3 {
		put(fmt.Sprint("double-", n), again) // the same move under other IDs
	}
	put("not-json", []byte("\x00\xff{"))
	put("no-move", []byte(`{"seq":0,"kind":"alert","ward":"4B","payload":[1,2]}`))
	put("other-ward", bytes.ReplaceAll(again, []byte(`"ward":"4B"`), []byte(`"ward":"5A"`)))
	put("unknown-kind", []byte(`{"seq":0,"kind":"dance","ward":"4B"}`))
	// An old alert that ended, told again as new.
	_, err = d.Line.Resolve(t.Context(), first.Alert, "over")
	must(t, err)
	d.heard(t, "firstresolved")
	put("replay", again)
	_, err = d.Line.Raise(t.Context(), alert.Alert{Ward: "4B", Patient: "p1", Priority: alert.High, Text: "last"})
	must(t, err)
	d.heard(t, "lastraised")
	p := d.until(t, "the last one", func(p live.Picture) bool { return len(p.Cards) == 1 && len(p.History) == 1 })
	if p.Cards[0].Alert.Text != "last" {
		t.Errorf("shown: %+v", p.Cards)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	seen := map[string]int{}
	for n, m := range d.moves {
		seen[m.ID]++
		if n > 0 && m.Seq < d.moves[n-1].Seq {
			t.Errorf("move %d came after %d", m.Seq, d.moves[n-1].Seq)
		}
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s was shown %d times", id, n)
		}
	}
}

// A time without an offset is of the site's clock, whatever zone the station's computer
// is in. Seen red: read in the computer's it lay nine hours ahead, and was not used.
func TestTimesOfTheIntakeAreOfTheSite(t *testing.T) {
	h := build(t)
	zone, err := time.LoadLocation("Asia/Tokyo")
	must(t, err)
	h.zone = zone
	d := h.open("WS-1")
	client, err := redisx.Open(redisx.Config{Addrs: []string{h.redis.Addr()}})
	must(t, err)
	defer client.Close()
	at := time.Now().Add(-10 * time.Minute).Truncate(time.Second)
	must(t, client.Publish(t.Context(), live.Intake(client.Keys(), "4B"),
		fmt.Appendf(nil, `{"text":"T0","at":%q}`, at.In(zone).Format("2006-01-02T15:04:05"))))
	p := d.until(t, "the alert", func(p live.Picture) bool { return len(p.Cards) == 1 })
	if got := p.Cards[0].Alert.Raised; !got.Equal(at) {
		t.Errorf("raised at %v, want %v", got, at)
	}
}
