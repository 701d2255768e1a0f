package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// importHL7 runs the command and returns what it printed, and its exit status.
func importHL7(t *testing.T, data string, args ...string) (out, said string, status int) {
	t.Helper()
	return importUntil(t, t.Context(), data, args...)
}

func importUntil(t *testing.T, ctx context.Context, data string, args ...string) (out, said string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	root := newRoot()
	root.SetArgs(append([]string{"--data", data, "import", "hl7"}, args...))
	root.SetOut(&stdout)
	root.SetErr(&stderr)
	err := root.ExecuteContext(ctx)
	if err != nil {
		status = exitStatus(err)
		fmt.Fprintln(&stderr, err)
	}
	return stdout.String(), stderr.String(), status
}

func fileOf(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "messages.hl7")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func admission(n int, mode string) string {
	return fmt.Sprintf("MSH|^~\\&|ADT|OAK|WL|OAK|20260310080000||ADT^A01|c%d|%s|2.5\rEVN|A01|20260310080000\r"+
		"PID|1||K%d^^^OAK^MR||Name%d^Ada||19600101|F\rPV1|1|I|6N^^%02d^OAK\r", n, mode, n, n, n)
}

func TestImportTwiceCountsAlike(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	args := []string{"--json", "../../app/hl7/testdata/ward.hl7", "../../app/hl7/testdata/vitals.hl7"}
	first, _, status := importHL7(t, data, args...)
	var counts map[string]int
	if err := json.Unmarshal([]byte(first), &counts); err != nil || status != 3 {
		t.Fatalf("%q: %v, status %d", first, err, status)
	}
	for _, key := range []string{"messages", "patients", "observations", "warnings", "refusals", "parked"} {
		if _, ok := counts[key]; !ok || len(counts) != 6 {
			t.Errorf("keys of %v: want the six, %q among them", counts, key)
		}
	}
	if counts["messages"] < 14 || counts["patients"] == 0 || counts["observations"] == 0 {
		t.Errorf("counts %v", counts)
	}
	if again, _, _ := importHL7(t, data, args...); again != first {
		t.Errorf("second import %s, first %s", again, first)
	}
	if !strings.Contains(ctl(t, data, "wards"), "4B") {
		t.Error("no ward 4B after the import")
	}
}

// The same patient in two files is one patient.
func TestImportCountsOverAllFiles(t *testing.T) {
	t.Parallel()
	a, b := fileOf(t, admission(1, "P")+admission(2, "P")), fileOf(t, admission(2, "P")+admission(3, "P"))
	out, said, status := importHL7(t, t.TempDir(), a, b)
	if status != 0 || !strings.HasPrefix(out,
		"4 messages, 3 patients, 0 observations, 1 warning, 0 refusals, 0 parked\n") {
		t.Errorf("%d %q\n%s", status, out, said)
	}
	if !strings.Contains(said, "this computer's zone") || !strings.Contains(said, b+`: message 1 (MSH-10 "c2")`) {
		t.Errorf("%s", said)
	}
}

// Seen red: without the exit status of its own a file of which half was refused
// ends as one that was taken whole.
func TestImportExitStatus(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		admission(1, "P"): 0, admission(1, "P") + "MSH|^~\\&|x\rnonsense\r": 3, admission(1, "T"): 3, "": 3,
	} {
		if out, said, status := importHL7(t, t.TempDir(), fileOf(t, text)); status != want {
			t.Errorf("%q ends with %d, want %d: %s%s", text, status, want, out, said)
		}
	}
	for _, args := range [][]string{{"not-there.hl7"}, {"--rebase", "then", "x"},
		{"--time-zone", "Mars/Base", fileOf(t, "")}, {"--from", "2", "a", "b"},
		{"--from", "0", fileOf(t, admission(1, "P"))}, {"--from", "5", fileOf(t, admission(1, "P"))}, {t.TempDir()}} {
		if out, said, status := importHL7(t, t.TempDir(), args...); status != 1 || said == "" {
			t.Errorf("%v ends with %d: %s%s", args, status, out, said)
		}
	}
	if out, said, status := importHL7(t, t.TempDir(), "--training", fileOf(t, admission(1, "T"))); status != 0 {
		t.Errorf("training: %d %s%s", status, out, said)
	}
}

func TestImportFoldsWarningsByKind(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for n := range 30 {
		text.WriteString(strings.Replace(admission(n, "P"), "PV1|1|I|", "PV1|1|Q|", 1))
	}
	file := fileOf(t, text.String())
	_, said, status := importHL7(t, t.TempDir(), file)
	if n := strings.Count(said, "PV1-2"); status != 0 || n != perKind+1 ||
		!strings.Contains(said, "and 20 more warnings like: PV1-2") {
		t.Errorf("%d warnings said, status %d:\n%s", n, status, said)
	}
	for _, want := range []string{file, `message 1 (MSH-10 "c0")`, "PV1 1", "warning"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	if _, said, _ = importHL7(t, t.TempDir(), "--details", file); strings.Count(said, "PV1-2") != 30 {
		t.Errorf("not all said:\n%s", said)
	}
	out, _, _ := importHL7(t, t.TempDir(), "--details", "--json", file)
	var whole struct {
		Warnings int
		Details  []hl7.Detail
	}
	if err := json.Unmarshal([]byte(out), &whole); err != nil || whole.Warnings != 30 || len(whole.Details) != 30 ||
		whole.Details[29].Message != 30 {
		t.Errorf("%v %+v", err, whole)
	}
}

// Seen red: without the look at the context before each message the batch in hand
// goes on, and with it in the middle of one nothing says where to go on.
func TestImportStopsAfterAWholeMessage(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	const all = 450
	for n := range all {
		text.WriteString(admission(n, "P"))
	}
	file := fileOf(t, text.String())
	data := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	run := importRun{cmd: newRoot()}
	run.cmd.SetErr(&bytes.Buffer{})
	run.cmd.SetContext(ctx)
	s, err := site.Open(t.Context(), site.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	im := hl7.NewImporter(s.Record, hl7.ImportOptions{Location: time.UTC, Taken: func(hl7.Report) { stop() }})
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = im.Stream(ctx, file, f)
	report := im.Report()
	sentence := run.stopped(report, []string{file, "more.hl7"}, 0, err).Error()
	if report.Messages == 0 || report.Messages == all ||
		!strings.Contains(sentence,
			fmt.Sprintf("--from %d %s; then: wardctl import hl7 more.hl7", report.Messages+1, file)) {
		t.Fatalf("%d of %d: %s", report.Messages, all, sentence)
	}
	if c, err := s.Record.Count(t.Context()); err != nil || c.Patients != report.Messages {
		t.Errorf("%+v (%v) of %d messages", c, err, report.Messages)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	out, said, status := importHL7(t, data, "--from", fmt.Sprint(report.Messages+1), file)
	if status != 0 || !strings.HasPrefix(out,
		fmt.Sprintf("%d messages, %d patients", all-report.Messages, all-report.Messages)) {
		t.Errorf("going on: %d %s%s", status, out, said)
	}
}

func TestProgressLine(t *testing.T) {
	t.Parallel()
	if got := progressLine(1000, 2*time.Second, 100, 400); got != "1000 messages, 500/s, 6s left" {
		t.Error(got)
	}
	if got := progressLine(1000, 2*time.Second, 100, -1); got != "1000 messages, 500/s" {
		t.Error(got)
	}
}

// What monitors show reaches the stations of the ward where the patient is, the newest of
// each sign; what reaches nobody is counted. Seen red: nothing was told, and nothing said.
func TestImportShowsWhatMonitorsShow(t *testing.T) {
	server := redistest.Start(t, redistest.Options{})
	now := time.Now().UTC()
	at := func(ago time.Duration) string { return now.Add(-ago).Format("20060102150405.000") + "+0000" }
	spo2 := func(value int, ago time.Duration) string {
		return fmt.Sprintf(
			"MSH|^~\\&|MON|OAK|WL|OAK|%s||ORU^R01|m%d|P|2.6\rPID|1||K1^^^OAK^MR\rPV1|1|I|6N^^01^OAK\rOBR|1|||X|||%s\r"+
				"OBX|1|NM|59408-5^SpO2^LN||%d|%%|||||R|||%s\r", at(0), value, at(ago), value, at(ago))
	}
	file := fileOf(t, admission(1, "P")+spo2(91, time.Hour)+spo2(92, 20*time.Second)+spo2(93, 10*time.Second))
	data := t.TempDir()
	if err := site.WriteConfig(data, site.Config{Redis: site.Redis{Addrs: []string{server.Addr()}}}); err != nil {
		t.Fatal(err)
	}
	_, said, status := importHL7(t, data, file)
	const of = "values of bedside monitors (OBX-11 R), not charted: "
	if want := of + "1 shown at the stations, 2 to nobody (1 older than 5 minutes, 1 replaced by a newer one)"; status != 0 || !strings.Contains(said, want) {
		t.Errorf("%d, no %q in\n%s", status, want, said)
	}
	s, err := site.Open(t.Context(), site.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	values, err := redisx.NewLive(s.Redis, "6N", redisx.LiveOptions{}).All(t.Context())
	var r vitals.Reading
	for _, v := range values {
		if err := json.Unmarshal(v.Payload, &r); err != nil {
			t.Fatal(err)
		}
	}
	if err != nil || len(values) != 1 || r.Value != 93 || r.Sign != vitals.Saturation || r.Monitor != "6N 01" {
		t.Errorf("%v %+v", err, values)
	}
	if _, said, _ = importHL7(t, t.TempDir(), file); !strings.Contains(said,
		of+"0 shown at the stations, 3 to nobody (1 older than 5 minutes, 1 replaced by a newer one, 1 this site has no Redis)") {
		t.Errorf("without Redis:\n%s", said)
	}
}

// A feed whose codes nobody knows fills no board: the import names them.
func TestImportNamesCodesThatAreNoVitalSigns(t *testing.T) {
	t.Parallel()
	text := admission(1, "P") +
		"MSH|^~\\&|MON|OAK|WL|OAK|20260310090000||ORU^R01|r1|P|2.5\rPID|1||K1^^^OAK^MR||Name1^Ada||19600101|F\r" +
		"OBR|1||F1|VS|||20260310085900\rOBX|1|NM|SAT^O2 sat^L||79|%|||||F\rOBX|2|NM|PULSE^Pulse^L||145||||||F\r"
	out, _, status := importHL7(t, t.TempDir(), fileOf(t, text))
	if status != 0 || !strings.Contains(out,
		"2 values are kept as results, which no screen shows yet, not as vital signs of the board: PULSE 1, SAT 1") {
		t.Errorf("status %d: %s", status, out)
	}
}
