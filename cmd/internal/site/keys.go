package site

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"

	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/assets/translations"
)

// Key documents one setting.
type Key struct {
	Name    string // as TOML has it: "redis.tls.ca"
	Type    string // in words: "a text"
	Default string // in words
	Example string // a value as TOML writes it
	Text    string // what it does
	check   func(Config) (problem, hint string)
}

const (
	aText = "a text in quotes"
	aFlag = "true or false"
	aList = "a list of texts"
	aFile = "the name of a file, from the root"
	aTime = "a length of time in quotes"
)

// Keys are all settings, in the order in which they are explained. A setting
// that is not here does not exist: reading refuses it.
var Keys = []Key{
	{Name: "station", Type: aText, Default: "the computer's name", Example: `"WS-4B-1"`,
		Text: "This station's name. Others see it beside the person who edits, and the audit trail carries it."},
	{Name: "ward", Type: aText, Default: "the first ward of the record", Example: `"4B"`,
		Text: "The ward that is shown first."},
	{Name: "language", Type: aText, Default: "the computer's language, or English", Example: `"de"`,
		check: checkLanguage,
		Text:  "What the screens speak: \"en\" or \"de\". The record, the audit trail and `wardctl` stay as they are."},
	{Name: "secrets", Type: aText, Default: `"keyring"`, Example: `"systemd"`, check: checkSecrets,
		Text: "Who keeps the secrets. \"keyring\": the operating system's keyring, filled by `wardctl enroll`. \"systemd\": a kiosk's service credentials (LoadCredentialEncrypted=), read from $CREDENTIALS_DIRECTORY and never written."},
	{Name: "alone", Type: aFlag, Default: "false", Example: "true",
		Text: "In site.toml only: that file alone counts, the machine's and the user's settings are not read. The demonstration sets it."},
	{Name: "keyring_bus", Type: aText, Default: "the login's own bus", Example: `"unix:path=/run/user/1000/bus"`,
		Text: "The session bus on which this site's keyring is. The demonstration sets it."},
	{Name: "record.dsn", Type: aText, Default: "record.db in the site's folder", check: checkDSN,
		Example: `"postgres://station@db.example.org/wardlight?sslmode=verify-full"`,
		Text:    "The PostgreSQL database that holds the record, without a password. Over a network it must ask for sslmode=verify-full."},
	{Name: "record.plain", Type: aFlag, Default: "false", Example: "true",
		Text: "Makes a new record.db that is not encrypted."},
	{Name: "redis.addrs", Type: aList, Default: "none: the record alone", Example: `["redis.example.org:6379"]`,
		check: checkAddrs,
		Text:  "Where Redis is, as host:port: one server, the Sentinels (with redis.master) or some nodes of a Cluster (with redis.cluster)."},
	{Name: "redis.master", Type: aText, Default: "none", Example: `"ward"`, check: checkMaster,
		Text: "The name under which the Sentinels at redis.addrs watch the primary."},
	{Name: "redis.cluster", Type: aFlag, Default: "false", Example: "true",
		Text: "The addresses are nodes of a Redis Cluster."},
	{Name: "redis.username", Type: aText, Default: "none", Example: `"workstation"`, check: checkUser,
		Text: "The ACL user of this station, one of those that `wardctl acl` writes. Its password is the secret redis-password."},
	{Name: "redis.sentinel_username", Type: aText, Default: "none", Example: `"workstation"`, check: checkSentinelUser,
		Text: "The ACL user on the Sentinels themselves. Its password is the secret sentinel-password."},
	{Name: "redis.plaintext", Type: aFlag, Default: "false", Example: "true",
		Text: "Allows a server on another computer without TLS. For trying out on a network that nobody else is on."},
	{Name: "redis.tls.ca", Type: aFile, Default: "none: no TLS", Example: `"/etc/wardlight/ca.crt"`,
		check: checkFile(func(c Config) string { return c.Redis.TLS.CA }),
		Text:  "The certificates (PEM) of the authority that signed the servers' certificates. It turns TLS 1.3 on for Redis and its Sentinels. No other authority is trusted."},
	{Name: "redis.tls.cert", Type: aFile, Default: "none", Example: `"/etc/wardlight/station.crt"`, check: checkCert,
		Text: "This station's certificate (PEM). Its private key is the secret redis-key."},
	{Name: "redis.tls.server_name", Type: aText, Default: "the host in redis.addrs", Example: `"redis.example.org"`,
		check: checkServerName,
		Text:  "The name that the servers' certificates must carry, where it is not the host that is dialled."},
	{Name: "directory.url", Type: aText, Default: "none: the record keeps passwords",
		Example: `"ldaps://dc.example.org"`, check: checkDirectory,
		Text: "The hospital's directory (LDAP, Active Directory), which then checks passwords: ldaps://, or ldap:// with StartTLS. Never without TLS."},
	{Name: "directory.ca", Type: aFile, Default: "none", Example: `"/etc/wardlight/ca.crt"`,
		check: checkFile(func(c Config) string { return c.Directory.CA }),
		Text:  "The certificates (PEM) of the authority that signed the directory's certificate. No other is trusted."},
	{Name: "directory.server_name", Type: aText, Default: "the host in directory.url", Example: `"dc.example.org"`,
		Text: "The name that the directory's certificate must carry, where it is not the host that is dialled."},
	{Name: "directory.base", Type: aText, Default: "none", Example: `"DC=example,DC=org"`,
		Text: "Below which people are looked for."},
	{Name: "directory.bind_dn", Type: aText, Default: "none", Example: `"CN=wardlight,OU=services,DC=example,DC=org"`,
		Text: "As whom people are looked for: an account that may read them and nothing else. Its password is the secret directory-password."},
	{Name: "directory.user_filter", Type: aText, Default: `"(uid=%s)"`,
		Example: `"(&(objectClass=user)(sAMAccountName=%s))"`,
		Text:    "Finds a person; %s is the ID as typed, escaped. An ID that several have signs nobody in."},
	{Name: "directory.id", Type: aText, Default: `"uid"`, Example: `"sAMAccountName"`,
		Text: "The attribute that holds the ID."},
	{Name: "directory.group_base", Type: aText, Default: "none: the person's memberOf",
		Example: `"OU=groups,DC=example,DC=org"`,
		Text:    "Below which a person's groups are looked for, where the directory keeps no memberOf or groups stand in groups."},
	{Name: "directory.group_filter", Type: aText, Default: `"(member=%s)"`,
		Example: `"(member:1.2.840.113556.1.4.1941:=%s)"`,
		Text:    "Finds the groups of a person; %s is the person's DN, escaped. The example is Active Directory's for groups in groups."},
	{Name: "directory.roles", Type: aList, Default: "none", Example: `["nurse: CN=Nurses,OU=groups,DC=example,DC=org"]`,
		check: checkRoles,
		Text:  "What the members of a group are: nurse, charge-nurse, care-assistant, doctor or it. Who is in none cannot sign in; who is in several is charge nurse before nurse before doctor before care assistant before IT."},
	{Name: "directory.wards", Type: aList, Default: "none: as in the record",
		Example: `["4B: CN=Ward 4B,OU=groups,DC=example,DC=org"]`, check: checkWards,
		Text: "On which ward the members of a group work. Without any, `wardctl staff` keeps wards."},
	{Name: "sound.high", Type: aTime, Default: "5s", Example: `"4s"`,
		check: checkTone(sound.High, func(s Sound) Duration { return s.High }),
		Text:  "The silence between two bursts of a high alert: 2.5s to 15s."},
	{Name: "sound.medium", Type: aTime, Default: "10s", Example: `"15s"`,
		check: checkTone(sound.Medium, func(s Sound) Duration { return s.Medium }),
		Text:  "The silence between two bursts of a medium alert: 2.5s to 30s."},
	{Name: "sound.technical", Type: aTime, Default: "30s", Example: `"1m"`,
		check: checkTone(sound.Technical, func(s Sound) Duration { return s.Technical }),
		Text:  "The silence between two tones of a technical alert: 15s to 10m."},
	{Name: "sound.low", Type: aTime, Default: "1m", Example: `"2m"`,
		check: checkTone(sound.Low, func(s Sound) Duration { return s.Low }),
		Text:  "The silence between two tones of a low alert: 15s to 10m."},
	{Name: "sound.pause", Type: aTime, Default: "2m", Example: `"1m"`, check: checkPause,
		Text: "How long one press pauses the tones: 10s to 10m, those of high alerts 2m at most. There is no way to turn sound off."},
	{Name: "session.cover", Type: aTime, Default: "2m", Example: `"1m"`, check: checkCover,
		Text: "How long nobody uses the computer before the patients are covered, until any key: 30s to 15m, not after session.lock."},
	{Name: "session.lock", Type: aTime, Default: "5m", Example: `"10m"`, check: checkLock,
		Text: "How long nobody uses the computer before the station is locked and asks for the password: 1m to 15m."},
	{Name: "site.time_zone", Type: aText, Default: "this computer's zone, named in each report",
		Example: `"Europe/London"`, check: checkZone,
		Text: "Where times without an offset were taken, by its name in the tz database."},
	{Name: "site.authority", Type: aText, Default: "none: a bare number is nobody's but its own", Example: `"OAK"`,
		check: checkAuthority,
		Text:  "Who gives the numbers by which patients are known here, as PID-3.4 names it: assumed for a number that names nobody, and chosen where a patient has several."},
	{Name: "feed.training", Type: aFlag, Default: "false", Example: "true",
		Text: "Takes messages that are for training, testing or debugging (MSH-11 is not P). For a record in which nobody is a patient."},
	{Name: "feed.parked_alert", Type: aTime, Default: "30m", Example: `"1h"`, check: checkParkedAlert,
		Text: "How long a message may wait to be assigned to a patient before the ward hears of it as a technical alert: 1m to 24h."},
	{Name: "feed.parked_keep", Type: aTime, Default: "2160h (90 days)", Example: `"8760h"`, check: checkParkedKeep,
		Text: "How long the text of a message is kept after it was assigned or discarded: 24h and more. One that waits is always kept."},
	{Name: "notify.names", Type: aFlag, Default: "false", Example: "true",
		Text: "Desktop notifications may name the patient while somebody is signed in and the station is not locked. Desktops keep a history of notifications."},
}

// lookup finds a key, or nil.
func lookup(name string) *Key {
	for i := range Keys {
		if Keys[i].Name == name {
			return &Keys[i]
		}
	}
	return nil
}

func checkLanguage(c Config) (string, string) {
	if c.Language == "" {
		return "", ""
	}
	if _, err := translations.Open(c.Language); err != nil {
		return "is none of " + strings.Join(translations.Languages(), ", "), "leave it out for the computer's own"
	}
	return "", ""
}

func checkSecrets(c Config) (string, string) {
	if s := c.Secrets; s != "" && s != FromKeyring && s != FromSystemd {
		return "must be \"keyring\" or \"systemd\"", "leave it out for the keyring"
	}
	return "", ""
}

func checkDSN(c Config) (string, string) {
	if u, err := url.Parse(c.Record.DSN); err == nil && u.User != nil {
		if _, has := u.User.Password(); has {
			return "holds a password, which no file may", "take it out and run `wardctl enroll`"
		}
	}
	if strings.Contains(c.Record.DSN, "password=") {
		return "holds a password, which no file may", "take it out and run `wardctl enroll`"
	}
	return "", ""
}

// loopback reports whether an address stays on this computer.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

func checkAddrs(c Config) (string, string) {
	r := c.Redis
	for i, addr := range r.Addrs {
		host, port, err := net.SplitHostPort(addr)
		if err != nil || host == "" || port == "" || strings.ContainsAny(addr, "/@ ") {
			return fmt.Sprintf("entry %d is not host:port", i+1),
				`write "redis.example.org:6379"; user and password stand elsewhere`
		}
		if !loopback(addr) && r.TLS.CA == "" && !r.Plaintext {
			return fmt.Sprintf("entry %d is another computer, and there is no TLS", i+1),
				"set redis.tls.ca; redis.plaintext = true is for trying out only"
		}
	}
	if len(r.Addrs) > 1 && r.Master == "" && !r.Cluster {
		return "names several servers", "add redis.master (Sentinels) or redis.cluster"
	}
	return "", ""
}

func checkMaster(c Config) (string, string) {
	r := c.Redis
	switch {
	case r.Master != "" && r.Cluster:
		return "and redis.cluster exclude each other", "take one out"
	case (r.Master != "" || r.Cluster) && len(r.Addrs) == 0:
		return "needs redis.addrs", "name the Sentinels or the Cluster's nodes"
	}
	return "", ""
}

func checkUser(c Config) (string, string) {
	return plainName(c.Redis.Username)
}

func checkSentinelUser(c Config) (string, string) {
	if c.Redis.SentinelUsername != "" && c.Redis.Master == "" {
		return "needs redis.master", "without Sentinels it has no meaning"
	}
	return plainName(c.Redis.SentinelUsername)
}

func plainName(name string) (string, string) {
	if strings.ContainsAny(name, " :@\t\n") {
		return "is not a user's name", "the password does not stand here: `wardctl enroll`"
	}
	return "", ""
}

func checkFile(get func(Config) string) func(Config) (string, string) {
	return func(c Config) (string, string) {
		file := get(c)
		if file == "" {
			return "", ""
		}
		if !isAbs(file) {
			return "is not a file's name from the root", "a program may start in any folder"
		}
		if _, err := os.Stat(file); err != nil {
			return "names a file that cannot be read: " + file, "copy it there, readable for everybody"
		}
		return "", ""
	}
}

// isAbs takes another system's notation, too: a site's file may be checked on
// the computer of whoever writes it.
func isAbs(file string) bool {
	return strings.HasPrefix(file, "/") || strings.HasPrefix(file, `\\`) || len(file) > 2 && file[1] == ':'
}

func checkCert(c Config) (string, string) {
	if c.Redis.TLS.Cert != "" && c.Redis.TLS.CA == "" {
		return "needs redis.tls.ca", "without it there is no TLS"
	}
	return checkFile(func(c Config) string { return c.Redis.TLS.Cert })(c)
}

func checkServerName(c Config) (string, string) {
	if c.Redis.TLS.Server != "" && c.Redis.TLS.CA == "" {
		return "needs redis.tls.ca", "without it there is no TLS"
	}
	return "", ""
}
