package hl7

import (
	"strings"
	"testing"
)

// A line that begins with a time may be what somebody wrote. Seen red: each such line
// behind a text was passed over as one of a log.
func TestTextThatLooksLikeALog(t *testing.T) {
	const text = "OBX|1|TX|N||Seen on ward."
	const kept = "warns: OBX 1 lines behind it"
	const passed = "warns: lines of a log"
	for name, c := range map[string]struct {
		stream string
		want   []string
	}{
		"a course in lines, LF": {lf(oru+text) + "\n09:15:00 adrenaline 0.5 mg given IM\n2026-03-10 09:20 BP 60/30\n",
			[]string{"m3 Marsh Seen on ward.\n09:15:00 adrenaline 0.5 mg given IM\n2026-03-10 09:20 BP 60/30", kept}},
		"with its status": {lf(oru+text+"||||||F") + "\n09:15:00 adrenaline 0.5 mg given IM\n",
			[]string{"m3 Marsh Seen on ward.\n09:15:00 adrenaline 0.5 mg given IM", kept}},
		"a ruler": {lf(oru+text) + "\n-----\n09:15:00 stable\n",
			[]string{"m3 Marsh Seen on ward.\n-----\n09:15:00 stable", kept}},
		"another message behind": {lf(oru+text) + "\n09:15:00 stable\n" + lf(two),
			[]string{"m3 Marsh Seen on ward.\n09:15:00 stable", kept, "m2 Brook"}},
		"a note, LF": {lf(oru+"NTE|1||Called Dr X") + "\n08:59:00 he did not come\n",
			[]string{"m3 Marsh Called Dr X\n08:59:00 he did not come", "warns: NTE 1 lines behind it"}},
		"a note, CR": {oru + "NTE|1||Called Dr X\n08:59:00 he did not come\n",
			[]string{"m3 Marsh Called Dr X\n08:59:00 he did not come"}},
		"a note, CR, and another": {oru + "NTE|1||Called Dr X\n08:59:00 he did not come\n" + two,
			[]string{"m3 Marsh Called Dr X\n08:59:00 he did not come", "m2 Brook"}},
		"a log behind a text": {lf(oru+text+"||||||F") + "\n2026-03-10 08:00:01 INFO sent\n2026-03-10 08:00:02 x\n",
			[]string{"m3 Marsh Seen on ward.", passed}},
		"a log of a thread": {lf(oru+text) + "\n2026-03-10 08:00:01.123 [main] sent\n",
			[]string{"m3 Marsh Seen on ward.", passed}},
		"a log of a receiver": {lf(oru+text) + "\n08:00:01 MLLP: Received message 12\n",
			[]string{"m3 Marsh Seen on ward.", passed}},
		"a text, then a log": {lf(oru+text) + "\n09:15:00 stable\n2026-03-10 08:00:01 INFO sent\n",
			[]string{"m3 Marsh Seen on ward.\n09:15:00 stable", kept, passed}},
		"a drug error is no level": {lf(oru+text) + "\n09:15:00 DRUG ERROR: 10 mg given\n",
			[]string{"m3 Marsh Seen on ward.\n09:15:00 DRUG ERROR: 10 mg given", kept}},
		"behind a number": {lf(oru+value) + "09:15:00 sent\n", []string{"m3 Marsh 72", passed}},
		"a log behind CR": {oru + strings.TrimSuffix(value, "\r") + "\n2026-03-10 08:00:01 sent\n" + two,
			[]string{"m3 Marsh 72", passed, "m2 Brook"}},
		"a text, CR, with its status": {oru + text + "||||||F\n09:15:00 adrenaline given\n" + two,
			[]string{"m3 Marsh Seen on ward.\n09:15:00 adrenaline given", kept, "m2 Brook"}},
	} {
		if got := told(t, c.stream); !matches(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", name, got, c.want)
		}
	}
}
