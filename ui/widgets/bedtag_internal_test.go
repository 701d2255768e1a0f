package widgets

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/ui/theme"
)

// Beds whose names have no room are told apart by their ends; of any other text the beginning stands. Seen red with
// both cut at the end: beds 11 and 12 read alike.
func TestABedThatHasNoRoomKeepsItsEnd(t *testing.T) {
	shown := func(look tagLook, text string, width float32) string {
		tag := newTag(look)
		tag.style(text)
		tag.place(0, 0, width, 30)
		return tag.text.Text
	}
	bed := tagLook{size: 12, style: theme.Bold, padX: 6, inner: true}
	for _, name := range []string{"Aufwachraum-Fensterplatz-11", "Aufwachraum-Fensterplatz-12", "Recovery bay 12 West"} {
		for _, width := range []float32{80, 110, 130} {
			got := shown(bed, name, width)
			if got == name || !strings.HasPrefix(got, name[:3]) || !strings.HasSuffix(got, name[len(name)-2:]) {
				t.Errorf("%s in %v: %q", name, width, got)
			}
		}
		if got := shown(bed, name, 600); got != name {
			t.Errorf("%s has room: %q", name, got)
		}
	}
	chip := bed
	chip.inner = false
	if got := shown(chip, "Penicillin: anaphylaxis", 90); !strings.HasSuffix(got, "…") || !strings.HasPrefix(got, "Peni") {
		t.Errorf("a chip is %q", got)
	}
}
