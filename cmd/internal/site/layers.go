package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// FileName is the configuration's name in the machine's folder and among the
// user's settings.
const FileName = "wardlight.toml"

// EnvMachine names another folder for the machine's configuration, for kiosks
// and tests.
const EnvMachine = "WARDLIGHT_CONFIG"

// MachineDir is where IT puts what holds for everybody on this computer:
// wardlight.toml and, for settings that are rolled out apart, conf.d/*.toml.
func MachineDir() string {
	if dir := os.Getenv(EnvMachine); dir != "" {
		return dir
	}
	switch runtime.GOOS {
	case "windows":
		if data := os.Getenv("ProgramData"); data != "" {
			return filepath.Join(data, "Wardlight")
		}
		return `C:\ProgramData\Wardlight`
	case "darwin":
		return "/Library/Application Support/Wardlight"
	}
	return "/etc/wardlight"
}

// Layer says who makes a setting.
type Layer string

// The layers, the weakest first.
const (
	Machine Layer = "machine" // IT, for everybody on this computer
	User    Layer = "user"    // the person, for all of their sites
	Own     Layer = "site"    // whoever set this site's folder up
	Policy  Layer = "policy"  // IT, and nobody below may say otherwise
)

// Source says where a setting was made.
type Source struct {
	Layer Layer
	File  string // or the key of the registry
	Line  int    // below 0: it has no lines
}

// String names the layer and the place: "user: /home/ana/.config/wardlight/wardlight.toml:2".
func (s Source) String() string { return string(s.Layer) + ": " + s.place() }

func (s Source) place() string {
	if s.Line < 0 {
		return s.File
	}
	return fmt.Sprintf("%s:%d", s.File, s.Line)
}

// Sources are the settings that some layer makes, by their names.
type Sources map[string]Source

// File is one that settings are read from.
type File struct {
	Layer Layer
	Path  string
}

// Files lists the files that count for the site in dir, the weakest first, were
// they there or not. On Windows the policy is no file: see [PolicyKey].
func Files(dir string) []File {
	machine := MachineDir()
	files := []File{{Machine, filepath.Join(machine, FileName)}}
	dropped, _ := filepath.Glob(filepath.Join(machine, "conf.d", "*.toml")) // fails for a bad pattern only
	slices.Sort(dropped)
	for _, file := range dropped {
		files = append(files, File{Machine, file})
	}
	if user, err := os.UserConfigDir(); err == nil {
		files = append(files, File{User, filepath.Join(user, "wardlight", FileName)})
	}
	files = append(files, File{Own, filepath.Join(dir, ConfigName)})
	if runtime.GOOS != "windows" {
		files = append(files, File{Policy, filepath.Join(machine, PolicyName)})
	}
	return files
}

// LoadConfig puts the configuration together: the machine's, the drop-ins by
// name, the user's, DIR/site.toml and the computer's policy. A later one replaces
// single settings of the earlier ones, a list as a whole. A site that stands alone
// has none of the others.
func LoadConfig(dir string) (Config, Sources, error) { return loadConfig(dir, computerPolicy()) }

func loadConfig(dir string, p policy) (Config, Sources, error) {
	own := filepath.Join(dir, ConfigName)
	last := layers{}
	if err := last.read(File{Own, own}); err != nil {
		return Config{}, nil, err
	}
	if last.config.Alone {
		return last.config, last.from, last.check()
	}
	l := layers{}
	for _, file := range Files(dir) {
		if err := l.read(file); err != nil {
			return Config{}, nil, err
		}
	}
	if err := l.readPolicy(p); err != nil {
		return Config{}, nil, err
	}
	return l.config, l.from, l.check()
}

// layers is a configuration that grows file by file.
type layers struct {
	config Config
	from   Sources
}

func (l *layers) read(file File) error {
	text, err := os.ReadFile(file.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return l.take(Source{Layer: file.Layer, File: file.Path}, text)
}

// take puts a text's settings over those so far.
func (l *layers) take(source Source, text []byte) error {
	made, err := settings(source, text)
	if err != nil {
		return err
	}
	if l.from == nil {
		l.from = Sources{}
	}
	for _, s := range made {
		if s.key == "alone" && source.Layer != Own {
			return s.wrong("stands in "+ConfigName+" only", "")
		}
		l.from[s.key] = s.source
	}
	err = toml.Unmarshal(text, &l.config)
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		line, _ := bad.Position()
		for _, s := range made {
			if s.source.Line == line || source.Line < 0 {
				return s.mistyped()
			}
		}
		return fmt.Errorf("%w: %s:%d: %s", ErrConfig, source.File, line, bad.Error())
	} else if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrConfig, source.File, err)
	}
	return nil
}

// check looks at the values, each alone and beside the others.
func (l *layers) check() error {
	for _, k := range Keys {
		source, made := l.from[k.Name]
		if d, is := field(&l.config, k.Name).Interface().(Duration); is && d == 0 && made {
			return setting{key: k.Name, source: source}.wrong("is 0, which is no time here",
				"leave it out for the default")
		}
		if k.check == nil {
			continue
		}
		if problem, hint := k.check(l.config); problem != "" {
			return setting{key: k.Name, source: l.from[k.Name]}.wrong(problem, hint)
		}
	}
	return nil
}

// field finds the field of a setting, which must be in [Keys].
func field(c *Config, key string) reflect.Value {
	v := reflect.ValueOf(c).Elem()
	for name := range strings.SplitSeq(key, ".") {
		v = v.FieldByIndex(fieldNamed(v.Type(), name))
	}
	return v
}

func fieldNamed(t reflect.Type, name string) []int {
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ","); tag == name {
			return []int{i}
		}
	}
	panic("site: no setting " + name) // the table of keys is tested against the struct
}

// Value is an effective setting as TOML writes it.
func (c Config) Value(key string) string {
	switch v := field(&c, key).Interface().(type) {
	case bool:
		return fmt.Sprint(v)
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = fmt.Sprintf("%q", s)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	default:
		return fmt.Sprintf("%q", v)
	}
}
