package alert_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
)

// 60,000 open alerts, as they come from the stream, are a minute of the worst
// storm: they fit a station's memory many times.
func TestAStormFitsInMemory(t *testing.T) {
	const many = 60_000
	heap := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := heap()
	in := alert.NewInbox()
	for n := range many {
		id := fmt.Sprintf("7f6e0c9a-9d1e-4a0e-8f45-%012d", n)
		m := move(int64(n+1), "raised:"+id, alert.Raised, id, "")
		m.Alert.Patient, m.Alert.Text, m.Alert.Source = fmt.Sprint("p", n%30), "Heart rate 128, limit 120", "device"
		payload, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var heard alert.Move
		if err := json.Unmarshal(payload, &heard); err != nil {
			t.Fatal(err)
		}
		in.Apply(heard, t0, false)
	}
	held := heap() - before
	t.Logf("%d open alerts hold %d MB, %d bytes each", many, held>>20, held/many)
	if held > 36<<20 {
		t.Errorf("%d MB", held>>20)
	}
	for n := range many {
		id := fmt.Sprintf("7f6e0c9a-9d1e-4a0e-8f45-%012d", n)
		in.Apply(move(int64(many+n+1), "end:"+id, alert.Resolved, id, ""), t0, false)
	}
	after := heap() - before
	t.Logf("ended, %d MB are left", after>>20)
	if after > 12<<20 {
		t.Errorf("%d MB are left", after>>20)
	}
	runtime.KeepAlive(in)
}
