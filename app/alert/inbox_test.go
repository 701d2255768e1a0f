package alert_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

var t0 = time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)

func move(seq int64, id string, kind alert.MoveKind, alertID, by string) alert.Move {
	return alert.Move{Seq: seq, ID: id, Kind: kind, By: by, ByName: by, At: t0.Add(time.Duration(seq) * time.Second),
		Alert: alert.Alert{ID: alertID, Ward: "4B", Patient: "p" + alertID, Priority: alert.High, Received: t0}}
}

// The state after any order of arrival, with any doubles, is the same. Seen red
// with the guard "a recorded accept beats a provisional one" taken out of
// item.apply: the acceptor then depended on the order.
func TestInboxOrderDoesNotMatter(t *testing.T) {
	moves := []alert.Move{
		move(1, "m1", alert.Raised, "a", ""),
		move(2, "m2", alert.Raised, "b", ""),
		move(0, "m3", alert.Accepted, "a", "diaz"), // told by the stream, never recorded
		move(4, "m4", alert.Accepted, "a", "chen"),
		move(5, "m5", alert.Resolved, "b", ""),
	}
	for seed := range int64(500) {
		rng := rand.New(rand.NewSource(seed))
		in, applied := alert.NewInbox(), 0
		for range 3 {
			for _, i := range rng.Perm(len(moves)) {
				if in.Apply(moves[i], t0, false) {
					applied++
				}
			}
		}
		cards := in.Cards()
		if applied != len(moves) || len(cards) != 1 || cards[0].TakenBy != "chen" ||
			cards[0].State != alert.TakenInHand || len(in.History()) != 1 {
			t.Fatalf("seed %d: applied %d, cards %+v", seed, applied, cards)
		}
	}
}

func TestInboxLateness(t *testing.T) {
	in := alert.NewInbox()
	in.Apply(move(1, "m1", alert.Raised, "a", ""), t0.Add(90*time.Second), true)
	if c := in.Cards()[0]; c.Late != 90*time.Second {
		t.Fatalf("late %v", c.Late)
	}
}

func TestInboxKeepsEveryOpenAlert(t *testing.T) {
	in := alert.NewInbox()
	for i := range 1000 {
		id := fmt.Sprint(i)
		in.Apply(move(int64(i+1), "r"+id, alert.Raised, id, ""), t0, false)
		if i%2 == 0 {
			in.Apply(move(int64(2000+i), "e"+id, alert.Resolved, id, ""), t0, false)
		}
	}
	if n, h := len(in.Cards()), len(in.History()); n != 500 || h != 200 {
		t.Fatalf("%d open, %d in history", n, h)
	}
}

func TestParseRequest(t *testing.T) {
	ok, err := alert.ParseRequest([]byte(`{"mrn":"7004821","priority":"HIGH","text":"SpO2 86 %","new":1}`))
	if err != nil || ok.Priority != alert.High || ok.Source != "intake" {
		t.Fatalf("%+v %v", ok, err)
	}
	if r, _ := alert.ParseRequest([]byte(`{"text":"x","priority":"whatever"}`)); r.Priority != alert.High {
		t.Error("an unknown priority must not hide an alert")
	}
	for _, bad := range []string{"", "hello", "[]", `"x"`, "{}", `{"text":""}`, `{"text":"a"}{"text":"b"}`,
		`{"text":"\u0000\u202e"}`,
		`{"text":"` + strings.Repeat("x", alert.MaxRequest) + `"}`} {
		if _, err := alert.ParseRequest([]byte(bad)); err == nil {
			t.Errorf("%.40q was taken as an alert", bad)
		}
	}
}

func TestCleanNeutralisesForeignText(t *testing.T) {
	for in, want := range map[string]string{
		"SpO₂ 86 % für Müller":               "SpO₂ 86 % für Müller",
		"a\x1b[31mb\x00c\r\nd":               "a [31mb c d",
		"abc\u202edef\u200b\u2066g":          "abcdefg",
		"e" + strings.Repeat("\u0301", 5000): "e\u0301\u0301",
		strings.Repeat("y", 500):             strings.Repeat("y", 10) + "…",
	} {
		limit := alert.MaxText
		if len(in) == 500 {
			limit = 10
		}
		if got := alert.Clean(in, limit); got != want {
			t.Errorf("Clean(%.20q) = %q, want %q", in, got, want)
		}
	}
}
