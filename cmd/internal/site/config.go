package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"
)

// ConfigName is the configuration's file in a site's folder.
const ConfigName = "site.toml"

// Config is what the configuration says ([Keys] documents each setting). It
// holds no secret: those are in the keyring.
type Config struct {
	Record Record `toml:"record,omitempty"`
	Redis  Redis  `toml:"redis,omitempty"`
	// Directory, with an address, checks passwords.
	Directory Directory `toml:"directory,omitempty"`
	Station   string    `toml:"station,omitempty"` // default: the computer's name
	Ward      string    `toml:"ward,omitempty"`    // the ward shown first
	// Language is what the station's screens speak; empty: the computer's own, or
	// what is nearest to it.
	Language string `toml:"language,omitempty"`
	// Secrets says who keeps them: [FromKeyring] (the default) or [FromSystemd].
	Secrets string `toml:"secrets,omitempty"`
	// Alone, in site.toml, makes that file the only one that counts.
	Alone   bool    `toml:"alone,omitempty"`
	Sound   Sound   `toml:"sound,omitempty"`
	Notify  Notify  `toml:"notify,omitempty"`
	Session Session `toml:"session,omitempty"`
	Here    Here    `toml:"site,omitempty"`
	Feed    Feed    `toml:"feed,omitempty"`
	// KeyringBus is the address of a private session bus that holds this site's
	// keyring. The one-machine demo writes it; a real station has none.
	KeyringBus string `toml:"keyring_bus,omitempty"`
}

// Who keeps the secrets.
const (
	FromKeyring = "keyring"
	FromSystemd = "systemd"
)

// Record says where the record is: without a DSN in the file record.db of the
// site's folder.
//
//	[record]
//	dsn = "postgres://station@db.example.org/wardlight?sslmode=verify-full"
type Record struct {
	// DSN is the connection string of a PostgreSQL database, as a URL or as
	// key=value pairs, with the user and without a password. The password is the
	// keyring's entry "record-password" ([RecordPassword]), the station's
	// certificate and its key (PEM, one after the other) the entry
	// "record-certificate" ([RecordCertificate]); what has no entry is not sent.
	// A certificate in files (sslcert, sslkey) works too, and leaves the key to
	// the rights of a file. Over a network the DSN must ask for
	// sslmode=verify-full, and sslrootcert names the hospital's authority.
	DSN string `toml:"dsn,omitempty"`
	// Plain makes a new record.db that is not encrypted. Without it one is made
	// with a key in the keyring, if there is a keyring. The demonstration sets
	// it: its patients are simulated, and its keyring may be another's tomorrow.
	Plain bool `toml:"plain,omitempty"`
}

// Redis says where Redis is. Without addresses the site works on its record
// alone.
type Redis struct {
	Addrs    []string `toml:"addrs,omitempty"`  // host:port
	Master   string   `toml:"master,omitempty"` // the Sentinels' name of the primary
	Cluster  bool     `toml:"cluster,omitempty"`
	Username string   `toml:"username,omitempty"`
	// SentinelUsername is the ACL user on the Sentinels themselves.
	SentinelUsername string `toml:"sentinel_username,omitempty"`
	// Plaintext allows a server on another computer without TLS.
	Plaintext bool `toml:"plaintext,omitempty"`
	TLS       TLS  `toml:"tls,omitempty"`
}

// TLS names the files of an encrypted connection. The private key of the
// certificate is no file: it is the secret [RedisKey].
type TLS struct {
	CA     string `toml:"ca,omitempty"`
	Cert   string `toml:"cert,omitempty"`
	Server string `toml:"server_name,omitempty"`
}

// ErrConfig means that a configuration cannot be used; the text says which
// line of which file, and what to do.
var ErrConfig = errors.New("site: configuration")

// ReadConfig reads DIR/site.toml alone. A missing file is the zero Config.
func ReadConfig(dir string) (Config, error) {
	l := layers{}
	err := l.read(File{Own, filepath.Join(dir, ConfigName)})
	return l.config, err
}

// WriteConfig replaces DIR/site.toml at once: a reader sees the old file or the
// new one, whole.
func WriteConfig(dir string, c Config) (err error) {
	text, err := toml.Marshal(c)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrConfig, err)
	}
	tmp, err := os.CreateTemp(dir, ConfigName+".*") // 0600
	if err != nil {
		return fmt.Errorf("%w: %w", ErrConfig, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("%w: %w", ErrConfig, err), os.Remove(tmp.Name()))
		}
	}()
	_, err = tmp.Write(text)
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), filepath.Join(dir, ConfigName))
}
