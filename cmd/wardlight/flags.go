package main

import (
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/ui/theme"
)

var errHelp = flag.ErrHelp

// settings are what the command line says. Everything else, secrets above all,
// is in the site's folder and the keyring.
type settings struct {
	data, ward, station string
	language            string // tag; empty: the site's, or the computer's
	mode                theme.Mode
	scale               float64
	version, demo       bool
}

// flags are those of the program; the manual tells each.
func flags(s *settings, look *string) *flag.FlagSet {
	f := flag.NewFlagSet("wardlight", flag.ContinueOnError)
	f.StringVar(&s.data, "data", site.DefaultDir(), "`folder` with the record and site.toml")
	f.Lookup("data").DefValue = "wardlight, among the user's settings"
	f.StringVar(&s.ward, "ward", "", "`ID` of the ward to show (default: the site's, or the first)")
	f.StringVar(&s.station, "station", "", "`name` of this station (default: the site's, or the computer's)")
	f.StringVar(&s.language, "language", "",
		"`tag` of the screens' language, en or de (default: the site's, or the computer's)")
	f.StringVar(look, "theme", "light", "light, night or contrast")
	f.Float64Var(&s.scale, "text", 1, "text size, 1 to 2")
	f.BoolVar(&s.demo, "demo", false, "show a demonstration ward that nothing is kept of; not for care")
	f.BoolVar(&s.version, "version", false, "print the version and exit")
	return f
}

func parse(args []string) (settings, error) {
	var s settings
	var look string
	f := flags(&s, &look)
	if err := f.Parse(args); err != nil {
		return s, errors.Join(errHelp, err)
	}
	if s.demo {
		var with []string
		f.Visit(func(one *flag.Flag) {
			if one.Name == "data" || one.Name == "ward" {
				with = append(with, "-"+one.Name)
			}
		})
		if len(with) > 0 {
			return s, fmt.Errorf("-demo with %s: it stands on nothing of this computer", strings.Join(with, ", "))
		}
	}
	modes := map[string]theme.Mode{"light": theme.Day, "night": theme.Dark, "contrast": theme.Contrast}
	mode, ok := modes[look]
	if !ok {
		return s, fmt.Errorf("-theme %q: say light, night or contrast", look)
	}
	s.mode = mode
	if s.scale < 1 || s.scale > 2 {
		return s, fmt.Errorf("-text %v: say a number from 1 to 2", s.scale)
	}
	return s, nil
}
