package notify

// New returns this desktop's sink: the freedesktop notification service on the
// session bus. appName is shown by some desktops; desktopEntry is the .desktop
// file's name without its ending. Nothing is connected before the first use.
func New(appName, desktopEntry string) Sink {
	return newFreedesktop(appName, desktopEntry)
}
