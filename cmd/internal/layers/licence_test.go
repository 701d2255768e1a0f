package layers

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// permissive are licences that let a hospital have the program without giving
// anything away, by words that stand in each and in no other. MPL-2.0 asks for the
// changed files of that module alone.
var permissive = []struct {
	name  string
	words *regexp.Regexp
}{
	{"Apache-2.0", regexp.MustCompile(`Apache License,? Version 2\.0`)},
	{"MPL-2.0", regexp.MustCompile(`Mozilla Public License,? (Version|version) 2\.0`)},
	{"BSD", regexp.MustCompile(`Redistribution and use in source and binary forms`)},
	{"ISC", regexp.MustCompile(
		`Permission to use, copy, modify, and(/or)? distribute this software for any purpose with or without fee`)},
	{"MIT", regexp.MustCompile(`Permission is hereby granted, free of charge, to any person`)},
	{"Unlicense", regexp.MustCompile(`This is free and unencumbered software released into the public domain`)},
	{"CC0", regexp.MustCompile(`CC0 1\.0 Universal`)},
}

// copyleft are words that no part of a program may be under, but as a choice.
var copyleft = regexp.MustCompile(`GNU (AFFERO |LESSER |LIBRARY )?GENERAL PUBLIC LICENSE`)

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|unlicen[cs]e)([-_.].*)?$`)

// Every module of every program, on each system it is packed for, stands under a
// permissive licence that lies beside it. New programs under cmd are looked at by
// themselves. `make sbom` and the notices in the packages are read from the built
// programs; this is read from their sources, on systems that are not here, too.
// Seen red with the ISC licence not known: github.com/nfnt/resize was named.
func TestLicencesOfAllPrograms(t *testing.T) {
	root := "../../.."
	mains, err := filepath.Glob(filepath.Join(root, "cmd", "*", "main.go"))
	if err != nil || len(mains) < 2 {
		t.Fatalf("%d programs: %v", len(mains), err)
	}
	licences := map[string]string{} // module → licence
	for _, main := range mains {
		name := filepath.Base(filepath.Dir(main))
		modules := map[string]string{}
		for _, goos := range []string{"linux", "windows", "darwin"} {
			maps.Copy(modules, modulesOf(t, root, "./cmd/"+name, goos))
		}
		var list []string
		for path, dir := range modules {
			if licences[path] == "" {
				licences[path] = licenceOf(dir)
			}
			if licences[path] == "" {
				t.Errorf("%s: %s has no permissive licence beside it (%s)", name, path, dir)
			}
			list = append(list, path+" ("+licences[path]+")")
		}
		slices.Sort(list)
		t.Logf("%s: %d modules: %s", name, len(list), strings.Join(list, ", "))
	}
}

// modulesOf are the modules that a program is built of on a system, with their
// folders.
func modulesOf(t *testing.T, root, pkg, goos string) map[string]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-tags=migrated_fynedo,accessibility", "-json=Module", pkg)
	cmd.Dir, cmd.Stderr = root, os.Stderr
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s on %s: %v", pkg, goos, err)
	}
	found := map[string]string{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			Module *struct {
				Path, Dir string
				Main      bool
			}
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Module != nil && !p.Module.Main {
			found[p.Module.Path] = p.Module.Dir
		}
	}
}

// licenceOf is the licence in a module's folder; "" is none that is permissive.
func licenceOf(dir string) string {
	files, err := os.ReadDir(dir)
	if err != nil {
		return ""
	}
	var all strings.Builder
	for _, f := range files {
		if f.Type().IsRegular() && licenceFile.MatchString(f.Name()) {
			text, err := os.ReadFile(filepath.Join(dir, f.Name()))
			if err != nil {
				return ""
			}
			all.Write(text)
		}
	}
	text := strings.Join(strings.Fields(all.String()), " ") // however its lines are broken
	for _, l := range permissive {
		if l.words.MatchString(text) && (l.name == "MPL-2.0" || !copyleft.MatchString(text)) {
			return l.name
		}
	}
	return ""
}
