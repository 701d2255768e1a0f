package doctor

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// configuration reads the files; without them there is nothing to look at.
func (v *visit) configuration() bool {
	s, err := site.Prepare(site.Options{Data: v.o.Data})
	if err != nil {
		v.fail("config", err.Error(), "correct the line; `wardctl config explain` describes each setting")
		return false
	}
	v.site = s
	if v.o.Vault != nil {
		s.Vault = v.o.Vault
	}
	v.ok("config", fmt.Sprintf("%d settings made", len(s.From)))
	for _, file := range site.Files(s.Dir) {
		if info, err := os.Stat(file.Path); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
			v.fail("config-rights", "others may change "+file.Path,
				"chmod go-w that file: who changes it sends the station to another server")
		}
	}
	if s.Config.Redis.Plaintext {
		v.warn("redis-plaintext", "redis.plaintext allows a connection that the network can read",
			"set redis.tls.ca and take redis.plaintext out")
	}
	return true
}

// zone looks whether the clock of this computer, which is beside the station's window,
// says what the station says.
func (v *visit) zone() {
	loc, chosen := v.site.Config.Here.Location()
	now := time.Now()
	for _, at := range []time.Time{now, now.AddDate(0, 6, 0)} { // summer and winter
		_, here := at.Zone()
		if _, there := at.In(loc).Zone(); chosen && here != there {
			v.warn("time-zone",
				fmt.Sprintf("this computer's zone is %s, the site's is %s: the screens show the site's time",
					at.Format("MST, UTC-07:00"), loc),
				"set this computer to the site's zone, or correct site.time_zone")
			return
		}
	}
}

// folder looks at where the site's files are.
func (v *visit) folder() {
	if info, err := os.Stat(v.site.Dir); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		v.fail("folder-rights", "other users of this computer may look into "+v.site.Dir, "chmod 700 that folder")
	}
	free, err := freeSpace(v.site.Dir)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
	case err != nil:
		v.warn("disk", err.Error(), "check the disk")
	case free < v.o.FreeSpace/10:
		v.fail("disk", fmt.Sprintf("%d MB free in %s", free>>20, v.site.Dir),
			"make room: with a full disk nothing is saved any more")
	case free < v.o.FreeSpace:
		v.warn("disk", fmt.Sprintf("%d MB free in %s", free>>20, v.site.Dir), "make room")
	default:
		v.ok("disk", fmt.Sprintf("%d GB free", free>>30))
	}
}

// keyring asks once; its answer takes 3 s at most.
func (v *visit) keyring(ctx context.Context) bool {
	if err := enroll.Ready(ctx, v.site); err != nil && v.site.Config.Secrets != site.FromSystemd {
		_, text, _ := strings.Cut(err.Error(), "enroll: keyring: ")
		what, next, _ := strings.Cut(text, ": ")
		v.fail("keyring", "the keyring: "+what, next)
		return false
	}
	if v.site.Config.Secrets == site.FromSystemd {
		if _, err := v.site.Vault.Get(ctx, "probe"); !errors.Is(err, keyring.ErrNotFound) {
			v.fail("keyring", fmt.Sprint("systemd's credentials: ", err),
				"start this program as the service that has LoadCredentialEncrypted=")
			return false
		}
	}
	v.ok("keyring", "answers")
	return true
}

// secrets looks whether those are there that the configuration needs.
func (v *visit) secrets(ctx context.Context, usable bool) {
	if !usable {
		return
	}
	for _, name := range enroll.Needed(v.site.Config) {
		if _, err := v.site.Vault.Get(ctx, name); err != nil {
			v.fail("secret-"+name, "the secret "+name+" is not there: "+err.Error(), "run `wardctl enroll`")
		}
	}
}

// certificates looks at the days that are left.
func (v *visit) certificates() {
	c := v.site.Config.Redis.TLS
	for id, file := range map[string]string{"certificate": c.Cert, "authority": c.CA} {
		if file == "" {
			continue
		}
		text, err := os.ReadFile(file)
		b, _ := pem.Decode(text)
		if err != nil || b == nil {
			v.fail(id, file+" holds no certificate", "put the right file there")
			continue
		}
		cert, err := x509.ParseCertificate(b.Bytes)
		if err != nil {
			v.fail(id, file+": "+err.Error(), "put the right file there")
			continue
		}
		next := "renew it: `wardctl enroll` takes the new key"
		if id == "authority" {
			next = "roll out the authority's next certificate beside this one, in the same file"
		}
		switch left := time.Until(cert.NotAfter); {
		case left < 0:
			v.fail(id, file+" has expired", next)
		case left < 3*24*time.Hour:
			v.fail(id, fmt.Sprintf("%s expires in %.0f hours", file, left.Hours()), next)
		case left < v.o.Expiry:
			v.warn(id, fmt.Sprintf("%s expires in %.0f days", file, left.Hours()/24), next)
		default:
			v.ok(id, fmt.Sprintf("holds for %.0f days", left.Hours()/24))
		}
	}
}

// desktop looks at what the station shows itself with.
func (v *visit) desktop(ctx context.Context) {
	state := v.o.Notify
	if state == nil {
		state = func(ctx context.Context) (notify.State, error) {
			sink := notify.New("Wardlight", "wardlight")
			s := sink.State(ctx)
			return s, sink.Stop()
		}
	}
	switch s, _ := state(ctx); s.Kind {
	case notify.OK:
		v.ok("notifications", s.Server+" "+s.Version)
	default:
		v.warn("notifications", strings.TrimSuffix(string(s.Kind)+": "+s.Reason, ": "),
			"turn on the desktop's notification service; the station's own banner and tone work without")
	}
	if runtime.GOOS != "linux" {
		return
	}
	libs, _ := filepath.Glob("/usr/lib*/*/libGL.so.1") // fails for a bad pattern only
	more, _ := filepath.Glob("/usr/lib*/libGL.so.1")
	if len(libs)+len(more) == 0 {
		v.warn("opengl", "no libGL.so.1 on this computer: the station cannot draw",
			"install libgl1 and libgl1-mesa-dri")
		return
	}
	v.ok("opengl", "libGL is there")
}
