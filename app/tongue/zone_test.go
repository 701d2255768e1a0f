package tongue_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// A station in New York of a site in London has London's clock. Seen red with Here
// left at the computer's zone.
func TestTimesAreOfTheSite(t *testing.T) {
	mine := time.Local
	time.Local = time.FixedZone("EST", -5*60*60)
	t.Cleanup(func() { time.Local = mine; tongue.KeepTime(nil) })
	when := time.Date(2026, 11, 29, 20, 30, 0, 0, time.UTC)
	if got := tongue.Clock(when); got != "15:30" {
		t.Errorf("%s without a zone of the site", got)
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	tongue.KeepTime(london)
	if got := tongue.Clock(when) + tongue.Here(when).Format(" -07:00"); got != "20:30 +00:00" ||
		tongue.Zone() != london {
		t.Errorf("%s in London", got)
	}
}

// Nothing that a person of the ward reads or types goes by the computer's own zone.
// Seen red with one Local left on the board's foot.
func TestOnlyTongueKnowsTheZone(t *testing.T) {
	looked := 0
	for _, top := range []string{"ui", "app/board", "app/chart", "app/patient", "app/vitals", "app/live",
		"cmd/wardlight"} {
		err := filepath.WalkDir(filepath.Join("../..", top), func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				strings.Contains(path, "fixture") {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			looked++
			for n, line := range strings.Split(string(text), "\n") {
				for _, own := range []string{".Local()", "time.Local", "time.Now().Format("} {
					if strings.Contains(line, own) {
						t.Errorf("%s:%d: %s", path, n+1, strings.TrimSpace(line))
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if looked < 100 {
		t.Errorf("only %d files were looked at", looked)
	}
}
