"""Is this an ordinary cramp, and how soon should a doctor see it?"""
