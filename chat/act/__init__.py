"""What is done with a message once it is understood: new tunes, changes, new music for some bars, words."""
