package doctor

import (
	"runtime"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// scripts are those of people's names that the station's own typeface lacks, each
// with a letter of it. Latin, Greek and Cyrillic it carries itself.
var scripts = []struct {
	name   string
	letter rune
}{
	{"Chinese and Japanese", '王'}, {"Korean", '김'}, {"Arabic", 'م'}, {"Hebrew", 'ש'}, {"Devanagari", 'ह'},
	{"Bengali", 'ব'}, {"Tamil", 'த'}, {"Thai", 'ก'},
}

// fonts looks whether names in other scripts can be read: two patients whose names
// are both drawn as question marks cannot be told apart.
func (v *visit) fonts() {
	draws := v.o.Draws
	if draws == nil {
		var err error
		if draws, err = systemFonts(); err != nil {
			v.warn("fonts", "this computer's fonts cannot be listed: "+err.Error(), moreFonts())
			return
		}
	}
	var missing []string
	for _, s := range scripts {
		if !draws(s.letter) {
			missing = append(missing, s.name)
		}
	}
	if len(missing) > 0 {
		v.warn("fonts", "names in these scripts are drawn as question marks: "+strings.Join(missing, ", "),
			moreFonts())
		return
	}
	v.ok("fonts", "names in other scripts can be drawn")
}

// moreFonts is where fonts for other scripts come from.
func moreFonts() string {
	if runtime.GOOS == "linux" {
		return "install fonts for them: fonts-noto-core and fonts-noto-cjk on Debian, google-noto-sans-fonts and google-noto-sans-cjk-fonts on Fedora"
	}
	return "add fonts for them in this computer's settings: they are part of the system"
}

// systemFonts looks for letters where the toolkit looks for those that the
// station's typeface lacks.
func systemFonts() (func(rune) bool, error) {
	all := fontscan.NewFontMap(silent{})
	if err := all.UseSystemFonts(""); err != nil {
		return nil, err
	}
	return func(r rune) bool {
		all.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif},
			Aspect: font.Aspect{Style: font.StyleNormal}})
		all.SetScript(language.LookupScript(r))
		face := all.ResolveFace(r)
		if face == nil {
			return false
		}
		_, has := face.NominalGlyph(r) // any face is given back where none has it
		return has
	}, nil
}

// silent drops what a font scan says of broken files.
type silent struct{}

func (silent) Printf(string, ...any) {}
