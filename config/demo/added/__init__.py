"""What an import folder cannot hold, added to the demo once its folders are in."""
