package alert_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/alert"
)

// What other systems send, and what a nurse is told. "-" is a technical alert:
// nothing of the message can be read.
//
// Seen red: before each field was read for itself, 77 of these lost their alert,
// its priority, its number or its time.
func TestWhatSystemsSend(t *testing.T) {
	const text = "SpO2 80 %"
	at := time.Date(2026, 3, 10, 8, 59, 0, 0, time.UTC)
	zone := time.FixedZone("site", 9*3600)
	local := at.Add(-9 * time.Hour)
	for n, c := range []struct {
		sent          string
		priority      alert.Priority
		text, mrn, id string
		bed           string
		at            time.Time
	}{
		// The cases of the feed.
		{sent: `{"mrn":1002,"priority":"high","text":"SpO2 80 %"}`, priority: alert.High, text: text, mrn: "1002"},
		{sent: `{"mrn":"99999","priority":"high","text":"SpO2 80 %"}`, priority: alert.High, text: text, mrn: "99999"},
		// Numbers where strings are expected.
		{sent: `{"mrn":1002.0,"text":"SpO2 80 %"}`, priority: alert.High, text: text, mrn: "1002"},
		{sent: `{"mrn":1.002e3,"text":"SpO2 80 %"}`, priority: alert.High, text: text, mrn: "1002"},
		{sent: `{"mrn":1002E0,"text":"SpO2 80 %"}`, priority: alert.High, text: text, mrn: "1002"},
		{sent: `{"mrn":9007199254740993,"text":"SpO2 80 %"}`, priority: alert.High, text: text,
			mrn: "9007199254740993"},
		{sent: `{"mrn":18446744073709551615,"text":"SpO2 80 %"}`, priority: alert.High, text: text,
			mrn: "18446744073709551615"},
		{sent: `{"mrn":1e999999999,"text":"SpO2 80 %"}`, priority: alert.High, text: text, mrn: "1e999999999"},
		{sent: `{"mrn":007004821,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text,
			mrn: "007004821"},
		{sent: `{"mrn":-1,"text":"SpO2 80 %"}`, priority: alert.High, text: text, mrn: "-1"},
		{sent: `{"bed":7,"priority":"medium","text":"SpO2 80 %"}`, priority: alert.Medium, text: text, bed: "7"},
		{sent: `{"bed":7.0,"priority":"medium","text":"SpO2 80 %"}`, priority: alert.Medium, text: text, bed: "7"},
		{sent: `{"id":4711,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text, id: "4711"},
		{sent: `{"id":0,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"priority":"low","text":86}`, priority: alert.Low, text: "86"},
		{sent: `{"priority":"low","text":86.50}`, priority: alert.Low, text: "86.5"},
		// null, true, lists, objects.
		{sent: `{"mrn":null,"bed":null,"id":null,"source":null,"at":null,"priority":"medium","text":"SpO2 80 %"}`,
			priority: alert.Medium, text: text},
		{sent: `{"mrn":true,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text, mrn: "true"},
		{sent: `{"id":false,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"mrn":["1002"],"priority":"low","text":["SpO2 80 %"]}`, priority: alert.Low, text: text, mrn: "1002"},
		{sent: `{"mrn":[1002, 1003],"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text,
			mrn: "[1002,1003]"},
		{sent: `{"mrn":{"value": 1002},"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text,
			mrn: `{"value":1002}`},
		{sent: `{"mrn":[],"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"priority":"low","text":{"value":"SpO2 80 %"}}`, priority: alert.Low, text: `{"value":"SpO2 80 %"}`},
		{sent: `{"source":{"name":"a"},"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		// Priorities.
		{sent: `{"priority":" Medium ","text":"SpO2 80 %"}`, priority: alert.Medium, text: text},
		{sent: `{"priority":"LOW\n","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"priority":"\u200blow","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"priority":"Technical","text":"SpO2 80 %"}`, priority: alert.Technical, text: text},
		{sent: `{"priority":"hgih","text":"SpO2 80 %"}`, priority: alert.High, text: text},
		{sent: `{"priority":"lo","text":"SpO2 80 %"}`, priority: alert.High, text: text},
		{sent: `{"priority":3,"text":"SpO2 80 %"}`, priority: alert.High, text: text},
		{sent: `{"priority":null,"text":"SpO2 80 %"}`, priority: alert.High, text: text},
		{sent: `{"priority":{"level":"low"},"text":"SpO2 80 %"}`, priority: alert.High, text: text},
		{sent: `{"priority":["low"],"text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"text":"SpO2 80 %"}`, priority: alert.High, text: text},
		{sent: `{"priority":"high","text":"SpO2 80 %","priority":"low"}`, priority: alert.High, text: text},
		{sent: `{"priority":"low","text":"SpO2 80 %","Priority":"medium"}`, priority: alert.Medium, text: text},
		{sent: `{"TEXT":"SpO2 80 %","MRN":"1","Priority":"low"}`, priority: alert.Low, text: text, mrn: "1"},
		{sent: `{"text":"HR 130","text":"SpO2 80 %","priority":"low"}`, priority: alert.Low,
			text: "HR 130 · SpO2 80 %"},
		{sent: `{"text":"SpO2 80 %","Text":"SpO2 80 %","mrn":"1","MRN":1,"priority":"low"}`, priority: alert.Low,
			text: text, mrn: "1"},
		{sent: `{"mrn":"1001","mrn":"1002","bed":"7","bed":"8","id":"a","ID":"b","text":"SpO2 80 %"}`,
			priority: alert.High, text: text, mrn: "1001 · 1002", bed: "7 · 8", id: "a · b"},
		// A number inside of an object.
		{sent: `{"patient":{"mrn":"1002"},"text":"SpO2 80 %"}`, priority: alert.High, text: text, mrn: "1002"},
		{sent: `{"patient":{"name":"x","mrn":{"value":1002}},"text":"SpO2 80 %"}`, priority: alert.High, text: text,
			mrn: "1002"},
		{sent: `{"mother":{"mrn":"1001"},"text":"SpO2 80 %"}`, priority: alert.High, text: text, mrn: "1001"},
		{sent: `{"mrn":"1002","patient":{"mrn":"1001"},"text":"SpO2 80 %"}`, priority: alert.High, text: text,
			mrn: "1002 · 1001"},
		{sent: `{"mrn":"1002","patient":{"mrn":"10 02"},"mother":{"mrn":"1"},"text":"SpO2 80 %"}`, priority: alert.High,
			text: text, mrn: "1002"},
		{sent: `{"text":"SpO2 80 %","text":null,"mrn":"1","mrn":"","priority":"low"}`, priority: alert.Low, text: text,
			mrn: "1"},
		// Times.
		{sent: `{"at":"2026-03-10T08:59:00Z","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"2026-03-10T09:59:00+01:00","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"2026-03-10T09:59:00.000+0100","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"2026-03-10 08:59:00z","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"2026-03-10T08:59Z","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"2026-03-10 08:59:00 +0000","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"2026-03-10 08:59:00 UTC","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"2026-03-10T08:59:00","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text,
			at: local},
		{sent: `{"at":"2026-03-10 08:59","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text,
			at: local},
		{sent: `{"at":"20260310085900+0000","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"20260310085900.000+0000","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"20260310085900","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text,
			at: local},
		{sent: `{"at":20260310085900,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text, at: local},
		{sent: `{"at":"202603100859","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text, at: local},
		{sent: `{"at":1773133140,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text, at: at},
		{sent: `{"at":1773133140.0,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text, at: at},
		{sent: `{"at":1773133140000,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text, at: at},
		{sent: `{"at":"1773133140","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text, at: at},
		{sent: `{"at":1773133140000000000,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"Tue, 10 Mar 2026 08:59:00 GMT","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low,
			text: text, at: at},
		{sent: `{"at":"2026-03-10","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"at":"yesterday","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"at":-1,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"at":1e300,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"at":{"$date":1773133140},"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"at":"0001-01-01T00:00:00Z","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"at":"2026-02-30T08:59:00Z","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		// No text, or under another name.
		{sent: `{"mrn":"1002","priority":"medium"}`, priority: alert.Medium, text: alert.NoText, mrn: "1002"},
		{sent: `{"bed":"7","text":""}`, priority: alert.High, text: alert.NoText, bed: "7"},
		{sent: `{"mrn":"1002","text":null,"priority":"low"}`, priority: alert.Low, text: alert.NoText, mrn: "1002"},
		{sent: `{"mrn":"1002","text":"\u202e\u0000","priority":"low"}`, priority: alert.Low, text: alert.NoText,
			mrn: "1002"},
		{sent: `{"title":"[Alerting] SpO2","message":"SpO2 80 %","state":"alerting","ruleId":1}`, priority: alert.High,
			text: "[Alerting] SpO2 · SpO2 80 %"},
		{sent: `{"message":"SpO2 80 %","entity_id":"sensor.bed7","bed":7}`, priority: alert.High, text: text, bed: "7"},
		{sent: `{"subject":"SpO2 80 %","severity":"4","eventid":"12"}`, priority: alert.High, text: text},
		// Almost JSON. Seen red: what stood behind the quote or the missing comma was lost.
		{sent: `{"text":"SpO2 "low"","mrn":"1002","priority":"low"}`, priority: alert.Low, text: `SpO2 "low"`,
			mrn: "1002"},
		{sent: `{"text":""low" SpO2, 80 %", "mrn":"1002", "priority":"low"}`, priority: alert.Low,
			text: `"low" SpO2, 80 %`,
			mrn:  "1002"},
		{sent: `{"text":"SpO2 80 %" "mrn":"1002" "priority":"low"}`, priority: alert.Low, text: text, mrn: "1002"},
		{sent: `{"mrn":1002 "text":"SpO2 80 %" 'priority':'low'}`, priority: alert.Low, text: text, mrn: "1002"},
		{sent: `{"patient":{"mrn":"1002"} "text":"SpO2 80 %","priority":"low"}`, priority: alert.Low, text: text,
			mrn: "1002"},
		{sent: `{'text':'it's low','mrn':'1002','priority':'low'}`, priority: alert.Low, text: `it's low`, mrn: "1002"},
		{sent: "\ufeff" + `{"mrn":"1002","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text,
			mrn: "1002"},
		{sent: " \r\n\t" + `{"mrn":"1002","priority":"low","text":"SpO2 80 %"}` + "\r\n\x00", priority: alert.Low,
			text: text, mrn: "1002"},
		{sent: utf16le(`{"priority":"low","text":"SpO2 80 %"}`), priority: alert.Low, text: text},
		{sent: `[{"priority":"low","text":"SpO2 80 %"}]`, priority: alert.Low, text: text},
		{sent: `"{\"priority\":\"low\",\"text\":\"SpO2 80 %\"}"`, priority: alert.Low, text: text},
		{sent: `{"value":NaN,"priority":"low","text":"SpO2 80 %","limit":Infinity}`, priority: alert.Low, text: text},
		{sent: `{"mrn":NaN,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text, mrn: "NaN"},
		{sent: `{'mrn': '1002', 'priority': 'low', 'text': 'SpO2 80 %', 'at': None}`, priority: alert.Low, text: text,
			mrn: "1002"},
		{sent: `{"priority":"low","text":"SpO2 80 %",}`, priority: alert.Low, text: text},
		{sent: `{priority:"low",text:"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: "{\"priority\":\"low\",\"text\":\"SpO2\n80 %\"}", priority: alert.Low, text: text},
		{sent: `{"priority":"low","text":"SpO2 80 \%"}`, priority: alert.Low, text: `SpO2 80 \%`},
		{sent: `{"priority":"low","text":"SpO2 80 %","more":"cut o`, priority: alert.Low, text: text},
		{sent: `{"priority":"low","text":"SpO2 80 %"`, priority: alert.Low, text: text},
		{sent: `{"mrn":"1002","priority":"low","text":"SpO2 80 %"}}`, priority: alert.Low, text: text, mrn: "1002"},
		{sent: `{"deep":` + strings.Repeat("[", 300) + strings.Repeat("]",
			300) + `,"priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text},
		{sent: `{"priority":"low","text":"SpO2 80 %","extra":{"text":"other","priority":"high"}}`, priority: alert.Low,
			text: text},
		// Letters of all kinds.
		{sent: `{"priority":"low","text":"🫁 80 %"}`, priority: alert.Low, text: "🫁 80 %"},
		{sent: `{"priority":"low","text":"\ud83e\udec1 80 %"}`, priority: alert.Low, text: "🫁 80 %"},
		{sent: `{"priority":"low","text":"\ud83e 80 %"}`, priority: alert.Low, text: "\uFFFD 80 %"},
		{sent: "{\"priority\":\"low\",\"text\":\"T 39,5 \xb0C\"}", priority: alert.Low, text: "T 39,5 \uFFFDC"},
		{sent: `{"priority":"low","text":"SpO2\u202e 80 %","mrn":"10\u200b02","bed":"7\u0000"}`, priority: alert.Low,
			text: text, mrn: "10 02", bed: "7"},
		{sent: `{"mrn":"1002\u0000","priority":"low","text":"SpO2 80 %"}`, priority: alert.Low, text: text,
			mrn: "1002"},
		// Nothing to read.
		{sent: ``, priority: "-"}, {sent: `hello`, priority: "-"}, {sent: `{}`, priority: "-"},
		{sent: `[]`, priority: "-"}, {sent: `null`, priority: "-"},
		{sent: `{"text":""}`, priority: "-"}, {sent: `{"foo":1}`, priority: "-"},
		{sent: `{"text":"a"}{"text":"b"}`, priority: "-"},
		{sent: `[{"text":"a"},{"text":"b"}]`, priority: "-"}, {sent: "\x00\x01\x02", priority: "-"},
	} {
		got, err := alert.ParseRequestIn([]byte(c.sent), zone)
		if c.priority == "-" {
			if !errors.Is(err, alert.ErrBadRequest) {
				t.Errorf("%d %.60s: %+v %v, want ErrBadRequest", n, c.sent, got, err)
			}
			continue
		}
		if err != nil || got.Priority != c.priority || got.Text != c.text || got.MRN != c.mrn || got.Bed != c.bed ||
			got.ID != c.id || !got.At.Equal(c.at) {
			t.Errorf("%d %.60q:\n%+v %v\nwant %+v", n, c.sent, got, err, c)
		}
	}
}

func utf16le(s string) string {
	b := []byte{0xFF, 0xFE}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

// Whatever is wrong with an optional field, the priority and the text stay.
//
// Seen red: with a field of the wrong type refusing the message, at once.
func TestAFlawedFieldCostsOnlyItself(t *testing.T) {
	flawed := rapid.SampledFrom([]string{`1002`, `1002.0`, `1e5`, `-0`, `18446744073709551616`, `null`, `true`, `false`,
		`""`, `" "`, `[]`, `[1]`, `["x"]`,
		`{}`, `{"a":[1,2]}`, `"\u202e"`, `"\ud800"`, `"20260310085900"`, `"not a time"`, `1e400`, `NaN`, `-Infinity`,
		`undefined`, `None`, `'x'`,
		`"` + strings.Repeat("x", 5000) + `"`, `007`, `0x10`, `.5`, `"🫁"`})
	names := []string{"mrn", "bed", "id", "source", "at", "MRN", "extra"}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom([]alert.Priority{alert.High, alert.Medium, alert.Low, alert.Technical}).Draw(t,
			"priority")
		members := []string{fmt.Sprintf(`"priority":%q`, p), `"text":"SpO2 80 %"`}
		for range rapid.IntRange(1, 6).Draw(t, "fields") {
			members = append(members,
				fmt.Sprintf("%q:%s", rapid.SampledFrom(names).Draw(t, "name"), flawed.Draw(t, "value")))
		}
		payload := "{" + strings.Join(rapid.Permutation(members).Draw(t, "order"), ",") + "}"
		r, err := alert.ParseRequest([]byte(payload))
		if err != nil || r.Priority != p || r.Text != "SpO2 80 %" {
			t.Fatalf("%s: %+v %v", payload, r, err)
		}
	})
}

// However flawed the priority is, the alert is not the less urgent for it.
func TestAFlawedPriorityIsHigh(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := rapid.String().Draw(t, "priority")
		b, err := json.Marshal(map[string]string{"priority": sent, "text": "x"})
		if err != nil {
			t.Skip()
		}
		r, err := alert.ParseRequest(b)
		if known := alert.Priority(strings.ToLower(alert.Clean(sent, 64))); err != nil || r.Priority != alert.High &&
			r.Priority != known {
			t.Fatalf("%q: %+v %v", sent, r, err)
		}
	})
}

// A clock that is wrong breaks no age. Seen red with RaisedAt returning at.
func TestASourcesClockBreaksNoAge(t *testing.T) {
	heard := t0
	for in, want := range map[time.Duration]time.Duration{0: 0, -time.Minute: -time.Minute,
		-23 * time.Hour: -23 * time.Hour,
		time.Second:     0, 3 * time.Minute: 0, 10 * 365 * 24 * time.Hour: 0, -25 * time.Hour: 0,
		-56 * 365 * 24 * time.Hour: 0} {
		if got := alert.RaisedAt(heard.Add(in), heard); !got.Equal(heard.Add(want)) {
			t.Errorf("%v after it was heard: raised at %v", in, got)
		}
	}
	if got := alert.RaisedAt(time.Time{}, heard); !got.Equal(heard) {
		t.Errorf("no time: %v", got)
	}
}

// Two long IDs that differ at the end are two alerts.
func TestLongIDsAreToldApart(t *testing.T) {
	id := func(s string) string {
		r, err := alert.ParseRequest(fmt.Appendf(nil, `{"id":%q,"text":"x"}`, s))
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	long := strings.Repeat("https://monitor/alarms/", 10)
	if a, b := id(long+"1"), id(long+"2"); a == b || a != id(long+"1") || len(a) > 100 {
		t.Errorf("%q %q", a, b)
	}
}

// What programs write for want of an ID is none. Seen red: it made one alert of all.
func TestNoIDIsNoID(t *testing.T) {
	for id, none := range map[string]bool{`"undefined"`: true, `"null"`: true, `"NaN"`: true, `"0"`: true, `0`: true,
		`"None"`: true, `"00000000-0000-0000-0000-000000000000"`: true, `"[object Object]"`: true, `"10"`: false,
		`"nonesuch"`: false, `7`: false} {
		r, err := alert.ParseRequest([]byte(`{"text":"x","id":` + id + `}`))
		if err != nil || (r.ID == "") != none || none != slices.Contains(r.Flaws, "id") && id[0] == '"' {
			t.Errorf("%s: %q %v %v", id, r.ID, r.Flaws, err)
		}
	}
}

func FuzzIntake(f *testing.F) {
	for _, s := range []string{`{"mrn":1002,"priority":"high","text":"SpO2 80 %"}`,
		`{"mrn":"99999","priority":"high","text":"SpO2 80 %"}`,
		`{"text":"a","at":"2026-01-01T00:00:00Z"}`, `{"at":20260310085900,"bed":7.0,"value":NaN}`,
		`{'mrn': '1', 'at': None, "text":'x\'y'}`,
		`[{"text":"a"}]`, `"{\"text\":1e5}"`, "\xff\xfe{\x00}\x00", `{"a":[[[{"b":`,
		`{"text":"\ud83e\u0041","id":["x"]}`, `{text:.5,,}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := alert.ParseRequest(b)
		if err != nil {
			return
		}
		for _, s := range []string{r.Text, r.MRN, r.Bed, r.Source, r.ID} {
			for _, c := range s {
				// in scripts that need it
				seen := unicode.Is(unicode.Prepended_Concatenation_Mark, c) || c == 0x200c || c == 0x200d
				if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) && !seen {
					t.Fatalf("%q holds %U", s, c)
				}
			}
		}
		if r.Text == "" || !r.Priority.Known() || len([]rune(r.MRN)) > 400 {
			t.Fatalf("%+v", r)
		}
		if _, err := json.Marshal(r.At); err != nil {
			t.Fatal(err)
		}
	})
}
